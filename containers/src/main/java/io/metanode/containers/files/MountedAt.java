package io.metanode.containers.files;

import java.nio.file.Path;

/**
 * Something that is mounted over a container's root.
 *
 * @param source the directory or file on the host
 * @param part what of the source is mounted, which no link leads out of; empty for all
 * @param destination the absolute path in the container
 */
public record MountedAt(Path source, String part, String destination, boolean writable) {

  /** All of a source. */
  public MountedAt(Path source, String destination, boolean writable) {
    this(source, "", destination, writable);
  }
}
