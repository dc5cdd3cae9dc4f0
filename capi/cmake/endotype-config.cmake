# find_package(endotype): the imported target endotype::endotype, header and library of this folder (`cargo xtask dist` makes it).
# ENDOTYPE_TARGET chooses the library, as thumbv6m-none-eabi; what is not said is told from the compiler's flags only where it is a host.
get_filename_component(_endotype_root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set(ENDOTYPE_TARGET "" CACHE STRING "folder of lib/ whose library is linked")
if(ENDOTYPE_TARGET STREQUAL "")
    set(_endotype_library "${_endotype_root}/lib/libendotype.a")
else()
    set(_endotype_library "${_endotype_root}/lib/${ENDOTYPE_TARGET}/libendotype.a")
endif()
if(NOT EXISTS "${_endotype_library}")
    set(endotype_FOUND FALSE)
    set(endotype_NOT_FOUND_MESSAGE "no ${_endotype_library}: set ENDOTYPE_TARGET to a folder of lib/")
    return()
endif()
if(NOT TARGET endotype::endotype)
    add_library(endotype::endotype STATIC IMPORTED)
    set_target_properties(endotype::endotype PROPERTIES
        IMPORTED_LOCATION "${_endotype_library}"
        IMPORTED_LINK_INTERFACE_LANGUAGES C
        INTERFACE_INCLUDE_DIRECTORIES "${_endotype_root}/include")
endif()
