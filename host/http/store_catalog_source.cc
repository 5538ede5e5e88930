#include "host/http/catalog_source.h"

namespace stackport::http {

namespace {

class StoreCatalogSource final : public CatalogSource {
 public:
  StoreCatalogSource(CatalogStore& store, const CountryIndex& countries)
      : store_(store), countries_(countries) {}

  Result<SnapshotPtr> Current() override { return store_.Current(); }
  Result<SnapshotPtr> Read(std::string_view snapshot_id) override {
    return store_.Read(snapshot_id);
  }
  Result<std::vector<SnapshotStep>> ListSnapshots(std::size_t limit) override {
    return store_.ListSnapshots(limit);
  }
  Result<std::vector<std::string>> Search(std::string_view text, std::size_t limit) override {
    return store_.Search(text, limit);
  }
  Result<std::vector<PluginProblem>> PluginProblems() override { return store_.Problems(); }
  Result<std::vector<WithheldComponent>> Withheld() override { return store_.Withheld(); }
  Status RecordAnswers(std::span<const MatchAudit> answers) override {
    return store_.RecordMatches(answers);
  }
  Result<AnswerList> Answers(bool affected, std::size_t limit) override {
    return store_.Answers(affected, limit);
  }
  const CountryIndex& Countries() const override { return countries_; }

 private:
  CatalogStore& store_;
  const CountryIndex& countries_;
};

}  // namespace

std::unique_ptr<CatalogSource> MakeStoreCatalogSource(CatalogStore& store,
                                                      const CountryIndex& countries) {
  return std::make_unique<StoreCatalogSource>(store, countries);
}

}  // namespace stackport::http
