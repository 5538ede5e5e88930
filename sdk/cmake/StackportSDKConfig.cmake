# find_package(StackportSDK): the target Stackport::sdk and the function stackport_add_plugin.
if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/StackportSDKTargets.cmake)
  include(${CMAKE_CURRENT_LIST_DIR}/StackportSDKTargets.cmake)
elseif(NOT TARGET Stackport::sdk)
  # The copy inside a vendor's project, as `stackport plugin new` writes it: nothing was installed.
  add_library(Stackport::sdk INTERFACE IMPORTED)
  target_include_directories(Stackport::sdk INTERFACE ${CMAKE_CURRENT_LIST_DIR}/../include)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/StackportSDK.cmake)
