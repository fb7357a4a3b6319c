package io.metanode.containers.files;

import java.nio.file.Path;

/**
 * Something that is mounted over a container's root.
 *
 * @param source the directory or file on the host
 * @param destination the absolute path in the container
 */
public record MountedAt(Path source, String destination, boolean writable) {}
