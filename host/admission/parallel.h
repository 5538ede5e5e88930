// Does many jobs on several threads.
#ifndef STACKPORT_HOST_ADMISSION_PARALLEL_H_
#define STACKPORT_HOST_ADMISSION_PARALLEL_H_

#include <cstddef>
#include <functional>

#include "catalog/base/result.h"

namespace stackport {

// Calls work(0) to work(jobs - 1), each once and the lowest number first, on up to `threads`
// threads (at least 1, the caller's among them). After an error no further job is started; the
// answer is the error of the lowest job that has one. `work` may not throw. Returns when every
// thread has ended.
Status RunOnThreads(std::size_t jobs, std::size_t threads,
                    const std::function<Status(std::size_t)>& work);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_PARALLEL_H_
