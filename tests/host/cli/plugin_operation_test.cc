// What an operator does with plugins in service: reload, quarantine, release; by command, over the
// API and by signal.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <thread>

#include "tests/host/cli/cli_world.h"
#include "tests/host/cli/running_server.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kCrashing = "example-abort";

class PluginOperation : public ::testing::Test {
 protected:
  PluginOperation() : world_(testing::SmallCatalog()) {}

  void AddCrashing() const {
    const std::string name = std::string(kCrashing) + ".stackport";
    std::filesystem::copy(std::string(STACKPORT_TEST_PLUGINS) + "/" + name,
                          world_.plugins() + "/" + name, std::filesystem::copy_options::recursive);
  }
  void WriteServer(const std::string& summary) const {
    PluginFolderBuilder("example-late")
        .Document("a.json", ServerDocument("example/late", summary))
        .WriteTo(world_.plugins());
  }
  ApplicationSettings Settings() const {
    ApplicationSettings settings;
    settings.catalog_path = world_.File("catalog.db");
    settings.plugin_folders = {world_.plugins()};
    return settings;
  }

  CliWorld world_;
};

TEST_F(PluginOperation, QuarantineIsListedShownAndReleasedByCommand) {
  AddCrashing();
  EXPECT_EQ(world_.Run({"plugin", "admit"}).code, 1);
  EXPECT_THAT(world_.Run({"plugin", "list"}).out,
              AllOf(HasSubstr("quarantined"), HasSubstr("quarantined until")));
  const Outcome list = world_.Run({"plugin", "quarantine", "list"});
  EXPECT_THAT(list.out, AllOf(HasSubstr(kCrashing), HasSubstr("1 plugin in quarantine")));
  const Outcome shown = world_.Run({"plugin", "quarantine", "show", kCrashing});
  EXPECT_THAT(shown.out, AllOf(HasSubstr("SIGABRT"), HasSubstr("stage"), HasSubstr("next_retry")));
  const Outcome mistyped = world_.Run({"plugin", "quarantine", "show", "example-abrot"});
  EXPECT_NE(mistyped.code, 0);
  EXPECT_THAT(mistyped.err, HasSubstr("did you mean 'example-abort'"));

  EXPECT_EQ(world_.Run({"plugin", "quarantine", "release", kCrashing}).code, 0);
  EXPECT_THAT(world_.Run({"plugin", "quarantine", "list"}).out, HasSubstr("released"));
  EXPECT_NE(world_.Run({"plugin", "quarantine", "release", kCrashing}).code, 0)
      << "it is released already";
  EXPECT_EQ(world_.Run({"plugin", "admit"}).code, 1);
  const json::Document again = world_.RunJson({"plugin", "quarantine", "list"});
  const json::Value& quarantine = again["plugins"][0]["problem"]["quarantine"];
  EXPECT_FALSE(quarantine["released"].GetBool()) << "it was judged, and crashed again";
  EXPECT_EQ(quarantine["failures"].GetInt(), 1);
}

TEST_F(PluginOperation, ReloadChangesARunningServerAndSaysWhat) {
  RunningServer server(Settings());
  WriteServer("A server.");
  const Outcome first = world_.RunBare({"plugin", "reload", "--port", server.port()});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, AllOf(HasSubstr("example-late 1.0.0: admitted"), HasSubstr("1 admitted")));
  EXPECT_STREQ(server.Get("/v1/components/example/late")["id"].GetString(), "example/late");

  WriteFile(world_.plugins() + "/example-late.stackport/documents/a.json", "{}");
  const Outcome spoilt = world_.RunBare({"plugin", "reload", "--port", server.port()});
  EXPECT_EQ(spoilt.code, 1);
  EXPECT_THAT(spoilt.out, AllOf(HasSubstr("refused; version 1.0.0 stays in service"),
                                HasSubstr("documents/a.json")));
  EXPECT_STREQ(server.Get("/v1/components/example/late")["id"].GetString(), "example/late");

  std::filesystem::remove_all(world_.plugins() + "/example-late.stackport");
  EXPECT_THAT(world_.RunBare({"plugin", "reload", "--port", server.port()}).out,
              HasSubstr("1 removed"));
  EXPECT_EQ(world_.RunBare({"catalog", "check", "--catalog", world_.File("catalog.db")}).code, 0);
}

TEST_F(PluginOperation, ReloadWithoutAServerNamesTheNextStep) {
  const Outcome outcome = world_.RunBare({"plugin", "reload", "--port", "1"});
  EXPECT_NE(outcome.code, 0);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("stackport serve"), HasSubstr("plugin admit")));
}

TEST_F(PluginOperation, TheApiReleasesAndReloads) {
  AddCrashing();
  RunningServer server(Settings());
  const std::string plugin = std::string("/v1/plugins/") + kCrashing;
  EXPECT_STREQ(server.Get(plugin)["state"].GetString(), "quarantined");
  const json::Document before = server.Post("/v1/plugins/reload", "{}");
  EXPECT_EQ(before["counts"]["quarantined"].GetInt(), 1);

  EXPECT_STREQ(server.Post(plugin + "/release", "{}")["state"].GetString(), "released");
  EXPECT_EQ(server.StatusOfPost(plugin + "/release", "{}"), 409);
  EXPECT_EQ(server.StatusOfPost("/v1/plugins/acc-parts/release", "{}"), 409);
  EXPECT_EQ(server.StatusOfPost("/v1/plugins/nobody/release", "{}"), 404);
  EXPECT_EQ(server.StatusOfPost("/v1/plugins/reload", R"({"agian":true})"), 422);
  server.Post("/v1/plugins/reload", "{}");
  EXPECT_STREQ(server.Get(plugin)["state"].GetString(), "quarantined");
}

// The program itself, as a service manager starts it.
class ServingProgram {
 public:
  ServingProgram(const std::string& catalog, const std::string& plugins) {
    std::array<int, 2> out{};
    if (pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    child_ = fork();
    if (child_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      execl(STACKPORT_PROGRAM, STACKPORT_PROGRAM, "serve", "--port", "0", "--catalog",
            catalog.c_str(), "--plugins", plugins.c_str(), nullptr);
      _exit(127);
    }
    close(out[1]);
    std::string said;
    std::array<char, 256> bytes{};
    const std::string lead = "http://127.0.0.1:";
    while (said.find(lead) == std::string::npos || said.find('\n', said.find(lead)) == said.npos) {
      const ssize_t got = read(out[0], bytes.data(), bytes.size());
      if (got <= 0) throw std::runtime_error("the program ended: " + said);
      said.append(bytes.data(), static_cast<std::size_t>(got));
    }
    close(out[0]);
    client_ = std::make_unique<httplib::Client>(
        "127.0.0.1", std::stoi(said.substr(said.find(lead) + lead.size())));
  }
  ~ServingProgram() {
    if (child_ > 0) kill(child_, SIGKILL), waitpid(child_, nullptr, 0);
  }
  ServingProgram(const ServingProgram&) = delete;
  ServingProgram& operator=(const ServingProgram&) = delete;

  void Signal(int signal) const { kill(child_, signal); }
  int StatusOf(const std::string& path) {
    const auto response = client_->Get(path.c_str());
    return response ? response->status : 0;
  }
  // Asks until the answer has this status; gives up after a time that no sound machine needs.
  bool Becomes(const std::string& path, int status) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < end) {
      if (StatusOf(path) == status) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }
  // The exit code after SIGTERM.
  int End() {
    Signal(SIGTERM);
    int status = 0;
    waitpid(std::exchange(child_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = 0;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(PluginOperation, SighupReloadsAServingHost) {
  ServingProgram program(world_.File("catalog.db"), world_.plugins());
  EXPECT_EQ(program.StatusOf("/v1/components/example/late"), 404);
  WriteServer("A server.");
  program.Signal(SIGHUP);
  EXPECT_TRUE(program.Becomes("/v1/components/example/late", 200));
  std::filesystem::remove_all(world_.plugins() + "/example-late.stackport");
  program.Signal(SIGHUP);
  EXPECT_TRUE(program.Becomes("/v1/components/example/late", 404));
  EXPECT_EQ(program.End(), 0);
  const Outcome check =
      world_.RunBare({"catalog", "check", "--catalog", world_.File("catalog.db")});
  EXPECT_EQ(check.code, 0) << check.out;
}

}  // namespace
}  // namespace stackport::cli
