# stackport_embed(TARGET SYMBOL FILE): compiles FILE's bytes into TARGET as
#   extern const unsigned char SYMBOL_begin[]; extern const unsigned char SYMBOL_end[];
# so that the program runs from any folder and never reads its own data from a path.
function(stackport_embed target symbol file)
  get_filename_component(path ${file} ABSOLUTE)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embed_${symbol}.S)
  file(WRITE ${source}.in
"    .section .rodata\n    .global ${symbol}_begin\n    .global ${symbol}_end\n    .balign 16\n${symbol}_begin:\n    .incbin \"${path}\"\n${symbol}_end:\n    .byte 0\n    .section .note.GNU-stack,\"\",@progbits\n")
  configure_file(${source}.in ${source} COPYONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${path})
  target_sources(${target} PRIVATE ${source})
endfunction()

# stackport_embed_archive(TARGET SYMBOL BASE FILE…): the same for many small text files as one, each
# after a line "@@file PATH" with its path below BASE.
function(stackport_embed_archive target symbol base)
  set(archive ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.archive)
  set(text "")
  foreach(file IN LISTS ARGN)
    file(READ ${base}/${file} content)
    string(APPEND text "@@file ${file}\n${content}")
    if(NOT content MATCHES "\n$")
      string(APPEND text "\n")  # the next mark starts a line
    endif()
  endforeach()
  set(old "")
  if(EXISTS ${archive})
    file(READ ${archive} old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE ${archive} "${text}")
  endif()
  list(TRANSFORM ARGN PREPEND ${base}/)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  stackport_embed(${target} ${symbol} ${archive})
endfunction()
