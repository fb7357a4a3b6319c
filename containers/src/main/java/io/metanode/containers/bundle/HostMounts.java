package io.metanode.containers.bundle;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a container's mounts has to be mounted on the host first: memory it shares with others,
 * and directories within volumes. Each lies in {@code mounts/} of the container's directory, from
 * its start until its end; what other containers took of it stays theirs.
 */
final class HostMounts {

  private static final String DIRECTORY = "mounts";
  private static final String SHARED_MEMORY = "shm";

  private final Syscalls syscalls;

  HostMounts(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Where the memory lies that a container shares. */
  static Path sharedMemory(Path container) {
    return container.resolve(DIRECTORY).resolve(SHARED_MEMORY);
  }

  /** Makes memory that other containers may share. */
  Path shareMemory(Path container, long bytes) throws IOException {
    Path target = Files.createDirectories(sharedMemory(container));
    syscalls.mount(
        "shm",
        target.toString(),
        "tmpfs",
        Constants.MS_NOSUID | Constants.MS_NOEXEC | Constants.MS_NODEV,
        "mode=1777,size=" + bytes);
    return target;
  }

  /**
   * Mounts a file or directory within another. A link on the way there that leads out of it is
   * refused, and what is found is mounted, whatever has its name by then.
   *
   * @param name of the mount, one for each of a container
   * @throws SyscallException if there is none; {@code EXDEV} if the way leads out
   */
  Path within(Path container, int name, Path root, String subpath) throws IOException {
    int above = syscalls.open(root, Constants.O_PATH | Constants.O_DIRECTORY, 0);
    try {
      int found = syscalls.openBeneath(above, subpath, Constants.O_PATH);
      try {
        Path source = Path.of("/proc/self/fd", Integer.toString(found));
        Path target = container.resolve(DIRECTORY).resolve(Integer.toString(name));
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.createFile(target);
        }
        syscalls.mount(
            source.toString(), target.toString(), null, Constants.MS_BIND | Constants.MS_REC, null);
        return target;
      } finally {
        syscalls.close(found);
      }
    } finally {
      syscalls.close(above);
    }
  }

  /** Unmounts and removes all of a container's; does nothing where there is none. */
  void release(Path container) throws IOException {
    Path directory = container.resolve(DIRECTORY);
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> mounts;
    try (Stream<Path> entries = Files.list(directory)) {
      mounts = entries.toList();
    }
    for (Path mount : mounts) {
      while (detached(mount)) {
        // a mount may lie upon another
      }
      Files.deleteIfExists(mount);
    }
    Files.deleteIfExists(directory);
  }

  /** False if nothing is mounted there. */
  private boolean detached(Path mount) throws SyscallException {
    try {
      syscalls.unmount(mount.toString(), Constants.MNT_DETACH | Constants.UMOUNT_NOFOLLOW);
      return true;
    } catch (SyscallException e) {
      if (e.errno() == Constants.EINVAL) {
        return false;
      }
      throw e;
    }
  }
}
