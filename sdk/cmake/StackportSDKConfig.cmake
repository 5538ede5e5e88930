# find_package(StackportSDK): the target Stackport::sdk and the function stackport_add_plugin.
include(${CMAKE_CURRENT_LIST_DIR}/StackportSDKTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/StackportSDK.cmake)
