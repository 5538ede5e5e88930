// Owns a file descriptor.
#ifndef STACKPORT_HOST_SCANNER_UNIQUE_FD_H_
#define STACKPORT_HOST_SCANNER_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace stackport {

// Closes on destruction; movable, empty (-1) after being moved from. One thread at a time.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  ~UniqueFd() { Reset(); }
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
      Reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  void Reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_SCANNER_UNIQUE_FD_H_
