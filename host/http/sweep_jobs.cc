#include "host/http/sweep_jobs.h"

#include <algorithm>
#include <utility>

namespace stackport::http {

namespace {

enum class State { kWaiting, kRunning, kDone, kCancelled, kFailed };

const char* StateName(State state) {
  switch (state) {
    case State::kWaiting:
      return "waiting";
    case State::kRunning:
      return "running";
    case State::kDone:
      return "done";
    case State::kCancelled:
      return "cancelled";
    case State::kFailed:
      return "failed";
  }
  return "";
}

}  // namespace

struct SweepJobs::Job {
  std::string id;
  Work work;
  std::atomic<bool> cancelled = false;
  std::atomic<std::size_t> done = 0;
  std::atomic<std::size_t> total = 0;
  // Guarded by the table's mutex.
  State state = State::kWaiting;
  std::string problem;
  std::optional<json::Document> result;
};

SweepJobs::SweepJobs() : thread_([this] { Loop(); }) {}

SweepJobs::~SweepJobs() {
  CancelAll();
  thread_.join();
}

std::optional<std::string> SweepJobs::Start(Work work) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMaxWaitingSweeps) return std::nullopt;
  auto job = std::make_shared<Job>();
  job->id = "w-" + std::to_string(++started_);
  job->work = std::move(work);
  jobs_.push_back(job);
  waiting_.push_back(job);
  const auto ended = [](const std::shared_ptr<Job>& each) {
    return each->state != State::kWaiting && each->state != State::kRunning;
  };
  while (static_cast<std::size_t>(std::count_if(jobs_.begin(), jobs_.end(), ended)) >
         kMaxKeptSweeps) {
    jobs_.erase(std::find_if(jobs_.begin(), jobs_.end(), ended));
  }
  changed_.notify_one();
  return job->id;
}

std::shared_ptr<SweepJobs::Job> SweepJobs::Find(std::string_view id) const {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& job) { return job->id == id; });
  return found == jobs_.end() ? nullptr : *found;
}

std::optional<json::Document> SweepJobs::Describe(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<Job> job = Find(id);
  if (job == nullptr) return std::nullopt;
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "id", job->id, allocator);
  json::Set(document, "state", StateName(job->state), allocator);
  json::Set(document, "done", job->done.load(), allocator);
  json::Set(document, "total", job->total.load(), allocator);
  if (!job->problem.empty()) json::Set(document, "problem", job->problem, allocator);
  if (job->result) {
    json::Value result;
    result.CopyFrom(*job->result, allocator);
    json::Set(document, "result", std::move(result), allocator);
  }
  return document;
}

bool SweepJobs::Cancel(std::string_view id) {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<Job> job = Find(id);
  if (job == nullptr) return false;
  job->cancelled = true;
  if (job->state == State::kWaiting) {
    job->state = State::kCancelled;
    std::erase(waiting_, job);
  }
  return true;
}

void SweepJobs::CancelAll() {
  const std::lock_guard lock(mutex_);
  ending_ = true;
  for (const auto& job : jobs_) job->cancelled = true;
  changed_.notify_one();
}

void SweepJobs::Loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const std::shared_ptr<Job> job = waiting_.front();
    waiting_.pop_front();
    job->state = State::kRunning;
    lock.unlock();
    SweepControl control;
    control.cancel = &job->cancelled;
    control.progress = [&job](std::size_t done, std::size_t total) {
      job->done = done;
      job->total = total;
    };
    auto result = job->work(control);
    lock.lock();
    job->work = nullptr;
    if (!result) {
      job->state = State::kFailed;
      job->problem = result.error().message;
      continue;
    }
    job->state = job->cancelled ? State::kCancelled : State::kDone;
    job->result = *std::move(result);
  }
}

}  // namespace stackport::http
