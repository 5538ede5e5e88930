// Where things lie in the scanner's memory: somewhere else in each run.
#ifndef STACKPORT_HOST_SCANNER_ADDRESS_LAYOUT_H_
#define STACKPORT_HOST_SCANNER_ADDRESS_LAYOUT_H_

namespace stackport::scanner {

// A debugger, or `setarch -R`, starts the host with a fixed address layout, which its children
// inherit; a description that depends on an address would then look the same in both runs. When
// this process was started so, switches randomisation on and starts the program again with the same
// arguments and descriptors, which does not return. Returns when there is nothing to do, or when
// the kernel refuses. Call first of all in main.
void EnsureRandomAddressLayout(char** argv);

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_ADDRESS_LAYOUT_H_
