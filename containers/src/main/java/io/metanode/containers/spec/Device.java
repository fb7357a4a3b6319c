package io.metanode.containers.spec;

/**
 * A device node given to a container.
 *
 * @param path where it is in the container
 * @param type {@code c} or {@code b}
 * @param mode permission bits
 * @param access any of {@code r}, {@code w}, {@code m}
 */
public record Device(
    String path, char type, long major, long minor, int mode, int uid, int gid, String access) {}
