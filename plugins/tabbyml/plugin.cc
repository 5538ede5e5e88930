// Tabby's price is a small program: free up to five users, a price per user and month above that.
#include <stackport/plugin.hpp>

STACKPORT_PLUGIN_WITH_OFFERS("tabbyml", "tabbyml", "1.1.0") {
  const Source readme{"https://github.com/TabbyML/tabby/blob/main/README.md", "2026-06-30"};

  auto tabby = catalog.Component("tabbyml/tabby", "application");
  tabby.Name("Tabby").Summary("Self-contained coding assistant for the customer's machines.");
  tabby.Provides("application").With("task", {"software_engineering.code_assistant"}).From(readme);
  tabby.Offer({"on_premises", "sovereign_cloud", "cloud"}).From(readme);
}

STACKPORT_OFFERS {
  constexpr std::uint64_t kFreeUsers = 5;
  constexpr double kTeamPlanUsd = 19;  // per user and month
  const std::string page =
      "https://raw.githubusercontent.com/api-evangelist/tabby-ml/refs/heads/main/plans/"
      "tabby-ml-plans-pricing.yml";
  const std::string record = "secondary record of https://www.tabbyml.com/pricing";

  if (query.component != "tabbyml/tabby") return;
  auto hosted = offers.Offer({"saas"});
  hosted.From({page, "2026-07-11", "hosted team plan; free for up to 5 users"});
  if (query.quantity <= kFreeUsers) {
    hosted.Price("user_month", 0, "free", {page, "2026-07-11", record + "; up to 5 users"});
  } else {
    hosted.Price("user_month", kTeamPlanUsd, "reported", {page, "2026-07-11", record});
  }
}
