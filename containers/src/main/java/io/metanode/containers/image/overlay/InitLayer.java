package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lowest layer of every container: the places the engine mounts things at, for images that lack
 * them. Being lowest, it never hides what an image has, and one serves all containers.
 */
final class InitLayer {

  static final List<String> DIRECTORIES =
      List.of("dev", "dev/pts", "dev/shm", "etc", "proc", "sys");
  static final List<String> FILES =
      List.of(".dockerenv", "dev/console", "etc/hostname", "etc/hosts", "etc/resolv.conf");

  private static final String NAME = ".init";

  private InitLayer() {}

  /** Makes it under a directory, if it is not there. */
  static Path open(Path snapshots, Syscalls syscalls) throws IOException {
    Path layer = snapshots.resolve(NAME);
    if (Files.isDirectory(layer)) {
      return layer;
    }
    Path temporary = snapshots.resolve(NAME + ".tmp");
    DurableFiles.removeTree(temporary);
    directory(temporary, syscalls);
    for (String name : DIRECTORIES) {
      directory(temporary.resolve(name), syscalls);
    }
    for (String name : FILES) {
      Path file = Files.createFile(temporary.resolve(name));
      syscalls.changeMode(file, 0755);
    }
    Files.createSymbolicLink(temporary.resolve("etc/mtab"), Path.of("/proc/mounts"));
    syscalls.syncFileSystem(temporary);
    DurableFiles.move(temporary, layer);
    return layer;
  }

  private static void directory(Path path, Syscalls syscalls) throws IOException {
    Files.createDirectory(path);
    syscalls.changeMode(path, 0755);
  }
}
