// The body of a request that has to be JSON.
#ifndef STACKPORT_HOST_HTTP_REQUEST_BODY_H_
#define STACKPORT_HOST_HTTP_REQUEST_BODY_H_

#include "catalog/base/json.h"
#include "host/http/message.h"
#include "host/http/query.h"

namespace stackport::http {

// The document, or the problem to answer with. The content type has to be JSON: a page of another
// origin cannot send that without the browser asking first.
OrResponse<json::Document> ReadBody(const ApiRequest& request);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_REQUEST_BODY_H_
