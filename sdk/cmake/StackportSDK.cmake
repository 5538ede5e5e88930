# stackport_add_plugin(
#   MANIFEST  <file.json>          what only a person knows: "id", "version", "vendor", "summary",
#                                  "homepage"
#   [NAME     <plugin id>]         "example-servers": starts with the vendor id; default: "id" of
#                                  the manifest
#   [VERSION  <x.y.z>]             default: "version" of the manifest
#   [SOURCES   <file>...]          C or C++; becomes the shared library
#   [DOCUMENTS <file>...]          component documents, copied to documents/<file name>
#   [LINK_LIBRARIES <target>...]
#   [OUTPUT_DIRECTORY <folder>])   default ${CMAKE_BINARY_DIR}/plugins
#
# Builds OUTPUT_DIRECTORY/NAME.stackport/ with the documents, NAME.so when there are sources, and
# manifest.json with the size and SHA-256 of each file, taken after the library was linked. At
# least one of SOURCES and DOCUMENTS is needed.
#
# Targets: stackport-plugin-NAME (part of ALL) and, with sources, stackport-plugin-NAME-library.
# The target property STACKPORT_PLUGIN_FOLDER of the first holds the folder.
function(stackport_add_plugin)
  set(one NAME VERSION MANIFEST OUTPUT_DIRECTORY)
  set(many SOURCES DOCUMENTS LINK_LIBRARIES)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "${one}" "${many}")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "stackport_add_plugin does not know '${arg_UNPARSED_ARGUMENTS}'; it takes "
                        "${one} ${many}.")
  endif()
  if(NOT arg_MANIFEST)
    message(FATAL_ERROR "stackport_add_plugin needs MANIFEST.")
  endif()
  get_filename_component(manifest ${arg_MANIFEST} ABSOLUTE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} manifest_text)
  foreach(argument_and_member NAME/id VERSION/version)
    string(REPLACE / ";" pair ${argument_and_member})
    list(GET pair 0 argument)
    list(GET pair 1 member)
    string(JSON stated ERROR_VARIABLE absent GET "${manifest_text}" ${member})
    if(absent)
      if(NOT arg_${argument})
        message(FATAL_ERROR "stackport_add_plugin needs ${argument}, or '${member}' in ${manifest}.")
      endif()
    elseif(NOT arg_${argument})
      set(arg_${argument} ${stated})
    elseif(NOT arg_${argument} STREQUAL stated)
      message(FATAL_ERROR "stackport_add_plugin has ${argument} '${arg_${argument}}', and ${manifest} "
                          "says '${stated}'. Leave one of them out, or make them equal.")
    endif()
  endforeach()
  if(NOT arg_NAME MATCHES "^[a-z0-9][a-z0-9-]*$")
    message(FATAL_ERROR "Plugin id '${arg_NAME}' has other characters than a-z, 0-9 and '-'.")
  endif()
  if(NOT arg_VERSION MATCHES "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.-]+)?$")
    message(FATAL_ERROR "Plugin version '${arg_VERSION}' is not of the form 1.4.0 or 1.4.0-rc.1.")
  endif()
  if(NOT arg_SOURCES AND NOT arg_DOCUMENTS)
    message(FATAL_ERROR "Plugin ${arg_NAME} has neither SOURCES nor DOCUMENTS: it describes nothing.")
  endif()
  if(NOT arg_OUTPUT_DIRECTORY)
    set(arg_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()

  set(target stackport-plugin-${arg_NAME})
  set(folder ${arg_OUTPUT_DIRECTORY}/${arg_NAME}.stackport)
  set(tools ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  set(documents "")
  foreach(document IN LISTS arg_DOCUMENTS)
    get_filename_component(document ${document} ABSOLUTE)
    list(APPEND documents ${document})
  endforeach()

  set(library "")
  if(arg_SOURCES)
    set(library_target ${target}-library)
    add_library(${library_target} MODULE ${arg_SOURCES})
    target_link_libraries(${library_target} PRIVATE Stackport::sdk ${arg_LINK_LIBRARIES})
    set_target_properties(${library_target} PROPERTIES
      PREFIX "" OUTPUT_NAME ${arg_NAME} SUFFIX ".so"
      LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}-library
      C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
      LINK_DEPENDS ${tools}/plugin.map)
    target_link_options(${library_target} PRIVATE
      -Wl,--no-undefined LINKER:--version-script=${tools}/plugin.map)
    set(library $<TARGET_FILE:${library_target}>)
  endif()

  # The inputs go through a file, because five thousand documents do not fit a command line, and
  # because a document that leaves the list has to cause a rebuild as well.
  set(settings ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}.plugin.cmake)
  file(GENERATE OUTPUT ${settings} CONTENT
"set(plugin_id [==[${arg_NAME}]==])
set(plugin_version [==[${arg_VERSION}]==])
set(manifest_source [==[${manifest}]==])
set(documents [==[${documents}]==])
set(library [==[${library}]==])
set(folder [==[${folder}]==])
")
  add_custom_command(
    OUTPUT ${folder}/manifest.json
    COMMAND ${CMAKE_COMMAND} -D settings=${settings} -P ${tools}/BundlePlugin.cmake
    DEPENDS ${settings} ${tools}/BundlePlugin.cmake ${manifest} ${documents} ${library}
            ${library_target}
    COMMENT "Bundling plugin ${arg_NAME}"
    VERBATIM)
  add_custom_target(${target} ALL DEPENDS ${folder}/manifest.json)
  set_target_properties(${target} PROPERTIES STACKPORT_PLUGIN_FOLDER ${folder})
endfunction()
