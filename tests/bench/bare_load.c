// The least that loading a library costs: a fresh process that opens it and ends.
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char** argv) {
  if (argc != 2 || !dlopen(argv[1], RTLD_NOW | RTLD_LOCAL)) {
    fprintf(stderr, "%s\n", argc == 2 ? dlerror() : "usage: bench_bare_load LIBRARY");
    return 1;
  }
  return 0;
}
