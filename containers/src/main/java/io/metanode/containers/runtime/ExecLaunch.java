package io.metanode.containers.runtime;

import java.nio.file.Path;

/**
 * How to start one more process in a container.
 *
 * @param containerId the running container
 * @param stateDirectory an empty directory for this run's state
 * @param bundle the container's OCI bundle
 * @param process the OCI {@code process} object as a JSON file
 * @param terminal whether the process gets a pseudo-terminal
 * @param openStdin whether stdin is held open; else it is {@code /dev/null}
 */
public record ExecLaunch(
    String containerId,
    Path stateDirectory,
    Path bundle,
    Path process,
    boolean terminal,
    boolean openStdin) {}
