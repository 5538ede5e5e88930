# Every library of others that the build uses, found once. The Debian package that brings each is
# listed in ./dev.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS headers)
find_package(CLI11 CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)

# RapidJSON is header-only. Its assertions throw, so that a wrong access in our code becomes an
# error at the module's edge and never aborts the host (see catalog/base/json.h).
add_library(stackport_rapidjson INTERFACE)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/document.h REQUIRED)
target_include_directories(stackport_rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})

find_path(VALIJSON_INCLUDE_DIR valijson/validator.hpp REQUIRED)
add_library(stackport_valijson INTERFACE)
target_include_directories(stackport_valijson SYSTEM INTERFACE ${VALIJSON_INCLUDE_DIR})

find_path(SQLITECPP_INCLUDE_DIR SQLiteCpp/SQLiteCpp.h REQUIRED)
find_library(SQLITECPP_LIBRARY SQLiteCpp REQUIRED)
add_library(stackport_sqlitecpp INTERFACE)
target_include_directories(stackport_sqlitecpp SYSTEM INTERFACE ${SQLITECPP_INCLUDE_DIR})
target_link_libraries(stackport_sqlitecpp INTERFACE ${SQLITECPP_LIBRARY} SQLite::SQLite3)
