package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes the files that a stack of layers shows as one tar archive; equal files, equal bytes. */
public final class LayerArchive {

  private LayerArchive() {}

  /**
   * @param layers highest first
   * @param time of all files; empty where each keeps its own
   */
  public static void write(
      List<Path> layers, Syscalls syscalls, Optional<Instant> time, OutputStream target)
      throws IOException {
    try (TarEntries tar = new TarEntries(target)) {
      LayerWalk.walk(
          layers,
          syscalls,
          entry ->
              tar.put(
                  entry.path(),
                  entry.file(),
                  time.map(entry.status()::modifiedAt).orElse(entry.status()),
                  entry.first(),
                  entry.attributes(syscalls)));
    }
  }
}
