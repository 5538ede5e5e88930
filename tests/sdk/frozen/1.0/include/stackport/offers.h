/* The table "stackport.offers", revision 1: for vendors whose price list is a program.
 *
 * A library that has it is asked, after describe and in the same process, what each component it
 * described costs in each country and for a ladder of quantities. The host keeps the answers as
 * offers of the component; no vendor code runs while a request is answered.
 *
 * What is asked
 *   - every component that describe emitted, by its id;
 *   - every country code of ISO 3166-1 alpha-2, as the country of the buyer;
 *   - the quantities 1, 10, 100, ... up to STACKPORT_MAX_OFFER_QUANTITY, in units of what the price
 *     is per: users for a price per user and month, machines for a price per unit and hour. Where
 *     two neighbours of that ladder are answered differently, quantities between them are asked
 *     until each change is found to the unit. A price list in steps is therefore kept exactly. One
 *     that changes with every unit has more than STACKPORT_MAX_PRICE_STEPS steps and is refused:
 *     state it in steps.
 *
 * What is kept
 *   Offers that are alike but for their prices are one offer whose prices say for which quantities
 *   they hold. Countries that are answered alike share one offer, sold in those countries only. An
 *   offer that is made in every country says nothing about where it is sold, unless it states
 *   "sold_in" itself. The answer to the largest quantity also holds for every larger one.
 *
 * The rules of <stackport/plugin.h> hold here too.
 */
#ifndef STACKPORT_OFFERS_H_
#define STACKPORT_OFFERS_H_

#include <stackport/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Id and revision of the table, for get_table. A plugin without it answers null. */
#define STACKPORT_OFFERS_TABLE "stackport.offers"
#define STACKPORT_OFFERS_REVISION 1u

/* Limits that a host of this revision applies. */
#define STACKPORT_MAX_OFFER_QUANTITY 10000000u /* largest quantity that is asked for */
#define STACKPORT_MAX_OFFER_BYTES 16384u       /* one offer */
#define STACKPORT_MAX_OFFERS_PER_ANSWER 100u   /* offers that answer one question */
#define STACKPORT_MAX_PRICE_STEPS 16u          /* different answers for one component and country */
#define STACKPORT_MAX_OFFER_QUESTIONS 4000000u /* questions that one plugin is asked */

/* Where offers go. Filled in and owned by the host; valid until tabulate returns. No member is
 * null. */
typedef struct stackport_offer_sink {
  uint32_t size; /* sizeof(stackport_offer_sink) of the host */
  uint32_t reserved;
  void* context; /* the host's own; passed back unchanged as the first argument */

  /* One offer: a JSON object of the form that "offers" of a component document holds, without
   * "quantity" in its prices: the question names it. "sold_in" only in an offer that is made in
   * every country. Returns STACKPORT_OK, _INVALID, _TOO_LARGE or _STOP; after any but OK the plugin
   * is refused. */
  stackport_status (*offer)(void* context, const char* json, uint64_t length);

  /* As in stackport_sink. */
  stackport_status (*error)(void* context, const char* message, uint64_t length);
} stackport_offer_sink;
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_sink, size) == 0, "layout of the offer sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_sink, context) == 8, "layout of the offer sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_sink, offer) == 16, "layout of the offer sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_sink, error) == 24, "layout of the offer sink");
STACKPORT_STATIC_ASSERT(sizeof(stackport_offer_sink) == 32, "size of stackport_offer_sink");

/* What a plugin is asked. Filled in and owned by the host; valid during the call. */
typedef struct stackport_offer_query {
  uint32_t size;               /* sizeof(stackport_offer_query) of the host */
  char country[4];             /* of the buyer; ISO 3166-1 alpha-2, zero-terminated: "KE" */
  stackport_text component_id; /* one of the ids that describe emitted */
  uint64_t quantity;           /* 1 to STACKPORT_MAX_OFFER_QUANTITY */
} stackport_offer_query;
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_query, size) == 0, "layout of the offer query");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_query, country) == 4, "layout of the offer query");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_query, component_id) == 8,
                        "layout of the offer query");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offer_query, quantity) == 24,
                        "layout of the offer query");
STACKPORT_STATIC_ASSERT(sizeof(stackport_offer_query) == 32, "size of stackport_offer_query");

/* Owned by the plugin; lives as long as the library. */
typedef struct stackport_offers_table {
  uint32_t size; /* sizeof(stackport_offers_table) of the plugin */
  uint32_t reserved;

  /* Emits each offer that answers the query; none means that the table has nothing to say about
   * it, and the offers of the component's own document stand. The same query always gets the same
   * offers. Called many thousand times, so it should take microseconds. Returns STACKPORT_OK, or
   * STACKPORT_FAILED after at least one call of sink->error. Never null. */
  stackport_status (*tabulate)(const stackport_offer_query* query,
                               const stackport_offer_sink* sink);
} stackport_offers_table;
STACKPORT_STATIC_ASSERT(offsetof(stackport_offers_table, size) == 0, "layout of the offers table");
STACKPORT_STATIC_ASSERT(offsetof(stackport_offers_table, tabulate) == 8,
                        "layout of the offers table");
STACKPORT_STATIC_ASSERT(sizeof(stackport_offers_table) == 16, "size of stackport_offers_table");

#ifdef __cplusplus
}
#endif

#endif /* STACKPORT_OFFERS_H_ */
