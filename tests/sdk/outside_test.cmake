# cmake -D build=… -D source=… -D work=… -P outside_test.cmake: what a vendor does, from an installed
# SDK to two plugin folders.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "'${ARGV}' failed (${result}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect condition_text)
  if(NOT (${ARGN}))
    message(FATAL_ERROR "Expected: ${condition_text}")
  endif()
endfunction()

file(REMOVE_RECURSE ${work})
run(${CMAKE_COMMAND} --install ${build} --component sdk --prefix ${work}/sdk)

# Documents alone, in a project with CMake.
file(COPY ${source}/sdk/template/data/documents DESTINATION ${work}/data-only)
file(READ ${work}/data-only/documents/x8-server.json document)
string(REPLACE "@VENDOR@" "example" document "${document}")
string(REPLACE "@TODAY@" "2026-03" document "${document}")
file(WRITE ${work}/data-only/documents/x8-server.json "${document}")
file(WRITE ${work}/data-only/manifest.in.json
  [=[{"id": "example-servers", "version": "1.0.0", "vendor": {"id": "example", "name": "Example"}}]=])
file(WRITE ${work}/data-only/CMakeLists.txt
"cmake_minimum_required(VERSION 3.21)
project(example_servers LANGUAGES NONE)
find_package(StackportSDK REQUIRED)
file(GLOB documents CONFIGURE_DEPENDS \${CMAKE_CURRENT_SOURCE_DIR}/documents/*.json)
stackport_add_plugin(MANIFEST manifest.in.json DOCUMENTS \${documents})
")
run(${CMAKE_COMMAND} -S ${work}/data-only -B ${work}/data-build -D CMAKE_PREFIX_PATH=${work}/sdk)
run(${CMAKE_COMMAND} --build ${work}/data-build)
set(data ${work}/data-build/plugins/example-servers.stackport)
file(READ ${data}/manifest.json manifest)
string(JSON hash GET "${manifest}" files 0 sha256)
file(SHA256 ${data}/documents/x8-server.json truth)
expect("the manifest names the document's hash" hash STREQUAL truth)

# Nothing is built again while nothing changes; a changed document is.
file(TIMESTAMP ${data}/manifest.json first "%s.%f")
file(SHA256 ${data}/manifest.json first_hash)
run(${CMAKE_COMMAND} --build ${work}/data-build)
file(TIMESTAMP ${data}/manifest.json second "%s.%f")
expect("an unchanged plugin is not bundled again" first STREQUAL second)
file(APPEND ${work}/data-only/documents/x8-server.json "\n")
run(${CMAKE_COMMAND} --build ${work}/data-build)
file(SHA256 ${data}/manifest.json third_hash)
expect("a changed document changes the manifest" NOT first_hash STREQUAL third_hash)
file(WRITE ${work}/data-only/documents/other.json "{}\n")
file(REMOVE ${work}/data-only/documents/x8-server.json)
run(${CMAKE_COMMAND} --build ${work}/data-build)
expect("a document that was removed leaves the folder"
       NOT EXISTS ${data}/documents/x8-server.json)
expect("a new document enters the folder" EXISTS ${data}/documents/other.json)

# A plugin in C++ with a name and a summary that want escapes.
file(WRITE ${work}/code/plugin.cc
"#include <stackport/plugin.hpp>
STACKPORT_PLUGIN(\"example\", \"example-code\", \"2.0.0\") {
  catalog.Component(\"example/a\", \"server\").Name(\"A\").Summary(\"A server.\");
}
")
file(WRITE ${work}/code/vendor.json
[=[{"vendor": {"id": "example", "name": "A \"b\" \\ c; d ${e} [f"}, "summary": "Schärfe"}]=])
file(WRITE ${work}/code/CMakeLists.txt
"cmake_minimum_required(VERSION 3.25)
project(code LANGUAGES CXX)
find_package(StackportSDK REQUIRED)
stackport_add_plugin(NAME example-code VERSION 2.0.0 MANIFEST vendor.json SOURCES plugin.cc)
")
run(${CMAKE_COMMAND} -S ${work}/code -B ${work}/code-build -D CMAKE_PREFIX_PATH=${work}/sdk)
run(${CMAKE_COMMAND} --build ${work}/code-build)
set(code ${work}/code-build/plugins/example-code.stackport)
file(READ ${code}/manifest.json manifest)
string(JSON name GET "${manifest}" vendor name)
if(NOT name STREQUAL [=[A "b" \ c; d ${e} [f]=])  # not through a list: it holds a semicolon
  message(FATAL_ERROR "Expected: the vendor's name survives; it is ${name}")
endif()
string(JSON summary GET "${manifest}" summary)
expect("the summary survives" summary STREQUAL "Schärfe")
string(JSON library GET "${manifest}" library)
expect("the library is named" library STREQUAL "example-code.so")

find_program(nm nm REQUIRED)
run(${nm} --dynamic --defined-only --format=posix ${code}/example-code.so)
string(REGEX REPLACE " [^\n]*" "" symbols "${output}")
string(STRIP "${symbols}" symbols)
expect("one symbol is exported, not '${symbols}'" symbols STREQUAL "stackport_plugin_entry")
