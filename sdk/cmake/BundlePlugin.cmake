# cmake -D settings=<file> -P BundlePlugin.cmake: copies the files of one plugin into its folder and
# writes manifest.json, which names each with its size and SHA-256. Run by stackport_add_plugin;
# `settings` is what that function wrote. The same inputs give the same bytes.
cmake_minimum_required(VERSION 3.21)
include(${settings})

set(stackport_abi 1)  # STACKPORT_ABI_VERSION of <stackport/plugin.h>

# A folder that is being rebuilt has no manifest, so that a host never meets half of it; an old
# signature would not fit the new manifest.
file(REMOVE ${folder}/manifest.json ${folder}/manifest.json.minisig)
file(REMOVE_RECURSE ${folder}/documents)
file(MAKE_DIRECTORY ${folder}/documents)

set(file_entries "")
set(document_entries "")
set(seen "")

# Appends one file of the folder to "files". Paths are put into JSON as they are, so only characters
# that need no escape are let through; the host accepts no others either.
function(add_file path)
  if(NOT "${path}" MATCHES "^[A-Za-z0-9_][A-Za-z0-9._/-]*$")
    message(FATAL_ERROR "Plugin ${plugin_id}: the file name '${path}' has other characters than "
                        "letters, digits, '.', '_' and '-'. Rename the file.")
  endif()
  file(SHA256 ${folder}/${path} hash)
  file(SIZE ${folder}/${path} bytes)
  if(bytes EQUAL 0)
    message(FATAL_ERROR "Plugin ${plugin_id}: the file '${path}' is empty. Fill or remove it.")
  endif()
  if(file_entries)
    string(APPEND file_entries ",")
  endif()
  string(APPEND file_entries "{\"path\":\"${path}\",\"sha256\":\"${hash}\",\"bytes\":${bytes}}")
  set(file_entries "${file_entries}" PARENT_SCOPE)
endfunction()

list(SORT documents)
foreach(document IN LISTS documents)
  get_filename_component(name ${document} NAME)
  if(NOT name MATCHES "\\.json$")
    message(FATAL_ERROR "Plugin ${plugin_id}: the document '${document}' is not a .json file.")
  endif()
  if(name IN_LIST seen)
    message(FATAL_ERROR "Plugin ${plugin_id}: two documents are called '${name}'. Rename one.")
  endif()
  list(APPEND seen ${name})
  # Copies what a symbolic link points to: the host admits no links.
  file(COPY_FILE ${document} ${folder}/documents/${name})
  add_file(documents/${name})
  if(document_entries)
    string(APPEND document_entries ",")
  endif()
  string(APPEND document_entries "\"documents/${name}\"")
endforeach()

file(GLOB old_libraries ${folder}/*.so)
if(old_libraries)
  file(REMOVE ${old_libraries})
endif()
if(library)
  get_filename_component(library_name ${library} NAME)
  file(COPY_FILE ${library} ${folder}/${library_name})
  add_file(${library_name})
endif()

file(READ ${manifest_source} manifest)
foreach(member abi library documents files)
  string(JSON present ERROR_VARIABLE absent TYPE "${manifest}" ${member})
  if(absent STREQUAL "NOTFOUND")
    message(FATAL_ERROR "Plugin ${plugin_id}: '${member}' in ${manifest_source} is written by "
                        "stackport_add_plugin. Remove it there.")
  endif()
endforeach()
string(JSON manifest SET "${manifest}" schema "\"stackport.manifest/1\"")
string(JSON manifest SET "${manifest}" id "\"${plugin_id}\"")
string(JSON manifest SET "${manifest}" version "\"${plugin_version}\"")
string(JSON manifest SET "${manifest}" abi ${stackport_abi})
string(JSON manifest SET "${manifest}" files "[${file_entries}]")
if(NOT documents)
  file(REMOVE_RECURSE ${folder}/documents)
else()
  string(JSON manifest SET "${manifest}" documents "[${document_entries}]")
endif()
if(library)
  string(JSON manifest SET "${manifest}" library "\"${library_name}\"")
endif()

# Last, and in one step.
file(WRITE ${folder}/manifest.json.part "${manifest}\n")
file(RENAME ${folder}/manifest.json.part ${folder}/manifest.json)
