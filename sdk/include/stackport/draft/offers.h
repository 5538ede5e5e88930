/* Draft: the table "stackport.offers". Nothing in this folder is stable, and no host calls it yet:
 * a draft may change or vanish with any release. What is here shows where the ABI is going, and
 * asks vendors what they would need of it.
 *
 * For vendors whose price list is a program: discounts by quantity, resellers by country. The host
 * tabulates the answers at admission, for each country and for a ladder of quantities, and stores
 * the table; no vendor code runs while a request is answered.
 *
 * The rules of <stackport/plugin.h> hold here too.
 */
#ifndef STACKPORT_DRAFT_OFFERS_H_
#define STACKPORT_DRAFT_OFFERS_H_

#include <stackport/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STACKPORT_OFFERS_TABLE "stackport.offers/draft"
#define STACKPORT_OFFERS_REVISION 1u

/* Where offers go. Filled in and owned by the host; valid until tabulate returns. */
typedef struct stackport_offer_sink {
  uint32_t size; /* sizeof(stackport_offer_sink) of the host */
  uint32_t reserved;
  void* context;

  /* One offer: a JSON object of the form that "offers" of a component document holds. Returns
   * STACKPORT_OK, _INVALID, _TOO_LARGE or _STOP. */
  stackport_status (*offer)(void* context, const char* json, uint64_t length);

  /* As in stackport_sink. */
  stackport_status (*error)(void* context, const char* message, uint64_t length);
} stackport_offer_sink;
STACKPORT_STATIC_ASSERT(sizeof(stackport_offer_sink) == 32, "size of stackport_offer_sink");

/* What an offer is asked for. Filled in and owned by the host; valid during the call. */
typedef struct stackport_offer_query {
  uint32_t size;               /* sizeof(stackport_offer_query) of the host */
  char country[4];             /* ISO 3166-1 alpha-2, zero-terminated: "KE" */
  stackport_text component_id; /* one of the ids that describe emitted */
  uint64_t quantity;           /* units, at least 1 */
} stackport_offer_query;
STACKPORT_STATIC_ASSERT(sizeof(stackport_offer_query) == 32, "size of stackport_offer_query");

/* Owned by the plugin; lives as long as the library. */
typedef struct stackport_offers_table {
  uint32_t size; /* sizeof(stackport_offers_table) of the plugin */
  uint32_t reserved;

  /* Emits each offer that answers the query; none means that it is not sold so. Called at
   * admission only, after describe, in the same process and thread. The same query always gets
   * the same offers. Returns STACKPORT_OK, or STACKPORT_FAILED after a call of sink->error. */
  stackport_status (*tabulate)(const stackport_offer_query* query,
                               const stackport_offer_sink* sink);
} stackport_offers_table;
STACKPORT_STATIC_ASSERT(sizeof(stackport_offers_table) == 16, "size of stackport_offers_table");

#ifdef __cplusplus
}
#endif

#endif /* STACKPORT_DRAFT_OFFERS_H_ */
