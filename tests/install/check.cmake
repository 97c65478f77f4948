# Installs the library into a new directory, builds examples/embed against it with find_package, and runs it.
# cmake -DBUILD=... -DSOURCE=... -DWORK=... [-DSHARED=ON] -P check.cmake
function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${ARGN}\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
if(SHARED)
    run("${CMAKE_COMMAND}" -S "${SOURCE}" -B "${WORK}/shared-build" -G Ninja -DBUILD_SHARED_LIBS=ON
        -DCMAKE_BUILD_TYPE=${BUILD_TYPE} -DTERCET_BUILD_TESTS=OFF -DTERCET_BUILD_CLI=OFF)
    run("${CMAKE_COMMAND}" --build "${WORK}/shared-build" -j 2)
    set(BUILD "${WORK}/shared-build")
endif()
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE}/examples/embed" -B "${WORK}/embed" -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
    -DCMAKE_BUILD_TYPE=${BUILD_TYPE} "-DCMAKE_EXE_LINKER_FLAGS=${LINKER_FLAGS}")
run("${CMAKE_COMMAND}" --build "${WORK}/embed")

file(WRITE "${WORK}/data.ttl" "<http://example/a> <http://example/knows> <http://example/b> .\n")
run("${WORK}/embed/embed" "${WORK}/store" "SELECT ?who { <http://example/a> <http://example/knows> ?who }" "${WORK}/data.ttl")
if(NOT output MATCHES "who = <http://example/b>")
    message(FATAL_ERROR "the embedded program answered:\n${output}")
endif()
message("the installed package works:\n${output}")
