// One component for people, read from the document its vendor published.
#ifndef STACKPORT_HOST_CLI_COMPONENT_TEXT_H_
#define STACKPORT_HOST_CLI_COMPONENT_TEXT_H_

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/model/snapshot.h"
#include "host/cli/session.h"

namespace stackport::cli {

// Facts with sources, what it provides and requires, offers with prices.
Status PrintComponent(Session& session, const CatalogSnapshot& snapshot,
                      const Component& component);

// {"document", "plugin": {…}, "vendor": {…}}: the published document and who vouches for it.
Result<json::Document> ComponentJson(const CatalogSnapshot& snapshot, const Component& component);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_COMPONENT_TEXT_H_
