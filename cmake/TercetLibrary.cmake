# The library that people link: all layers in one, static or shared, and how it is installed.
get_property(layers GLOBAL PROPERTY TERCET_LAYERS)
get_property(third_party GLOBAL PROPERTY TERCET_THIRD_PARTY)
list(REMOVE_DUPLICATES third_party)
# Header-only libraries leave no trace in ours.
list(REMOVE_ITEM third_party Boost::headers taocpp::pegtl nlohmann_json::nlohmann_json)

set(objects)
foreach(layer IN LISTS layers)
    list(APPEND objects $<TARGET_OBJECTS:${layer}>)
endforeach()
add_library(tercet ${objects})
add_library(tercet::tercet ALIAS tercet)
set_target_properties(tercet PROPERTIES LINKER_LANGUAGE CXX VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_compile_features(tercet PUBLIC cxx_std_20)
target_include_directories(tercet PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                         $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(tercet PRIVATE ${third_party} Threads::Threads)
if(TERCET_SANITIZE)
    target_link_options(tercet PUBLIC -fsanitize=${TERCET_SANITIZE})
endif()
if(TERCET_COVERAGE)
    target_link_options(tercet PUBLIC --coverage)
endif()

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tercet)
install(TARGETS tercet EXPORT tercet-targets)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/tercet" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES "${PROJECT_SOURCE_DIR}/loaders/models/english.tcm" DESTINATION ${CMAKE_INSTALL_DATADIR}/tercet)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/queries" DESTINATION ${CMAKE_INSTALL_DATADIR}/tercet)
install(EXPORT tercet-targets NAMESPACE tercet:: DESTINATION ${package_dir})
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/tercet-config.cmake.in"
    "${PROJECT_BINARY_DIR}/tercet-config.cmake" INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/tercet-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/tercet-config.cmake" "${PROJECT_BINARY_DIR}/tercet-config-version.cmake"
    "${PROJECT_SOURCE_DIR}/cmake/FindCLD2.cmake"
    DESTINATION ${package_dir})
