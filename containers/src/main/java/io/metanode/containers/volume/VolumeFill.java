package io.metanode.containers.volume;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Copies a directory of an image into an empty volume: owner, mode, times, links, attributes. */
final class VolumeFill {

  private static final int ENOTDIR = 20;

  private final Syscalls syscalls;
  private final Map<Long, Path> linked = new HashMap<>();

  VolumeFill(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  void fill(Path volume, Path root, String destination) throws IOException {
    try (Stream<Path> present = Files.list(volume)) {
      if (present.findAny().isPresent()) {
        return;
      }
    }
    int rootFd = syscalls.open(root, Constants.O_PATH | Constants.O_DIRECTORY, 0);
    try {
      int fd = syscalls.openInRoot(rootFd, destination, Constants.O_RDONLY | Constants.O_DIRECTORY);
      try {
        Path source = Path.of("/proc/self/fd/" + fd).toRealPath();
        children(source, volume);
        attributes(source, volume, syscalls.status(source));
      } finally {
        syscalls.close(fd);
      }
    } catch (SyscallException e) {
      if (e.errno() != Constants.ENOENT && e.errno() != ENOTDIR) {
        throw e;
      }
    } finally {
      syscalls.close(rootFd);
    }
  }

  private void children(Path source, Path target) throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(source)) {
      children = listed.toList();
    }
    for (Path child : children) {
      copy(child, target.resolve(child.getFileName().toString()));
    }
  }

  private void copy(Path source, Path target) throws IOException {
    FileStatus status = syscalls.status(source);
    int type = status.mode() & Constants.S_IFMT;
    switch (type) {
      case Constants.S_IFDIR -> {
        Files.createDirectory(target);
        children(source, target);
      }
      case Constants.S_IFREG -> {
        Path first = status.links() > 1 ? linked.putIfAbsent(status.inode(), target) : null;
        if (first != null) {
          Files.createLink(target, first);
          return;
        }
        Files.copy(source, target, LinkOption.NOFOLLOW_LINKS);
      }
      case Constants.S_IFLNK ->
          Files.copy(
              source, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.REPLACE_EXISTING);
      case Constants.S_IFCHR, Constants.S_IFBLK, Constants.S_IFIFO ->
          syscalls.makeNode(target, type | 0600, status.specialDevice());
      default -> {
        return; // a socket means nothing without its server
      }
    }
    attributes(source, target, status);
  }

  private void attributes(Path source, Path target, FileStatus status) throws IOException {
    syscalls.changeOwner(target, status.uid(), status.gid());
    if ((status.mode() & Constants.S_IFMT) != Constants.S_IFLNK) {
      syscalls.changeMode(target, status.mode() & 07777);
    }
    for (Map.Entry<String, byte[]> attribute : syscalls.extendedAttributes(source).entrySet()) {
      if (attribute.getKey().startsWith("user.")
          || attribute.getKey().equals("security.capability")) {
        syscalls.setExtendedAttribute(target, attribute.getKey(), attribute.getValue());
      }
    }
    long seconds = status.modifySeconds();
    int nanos = status.modifyNanos();
    syscalls.setTimes(target, seconds, nanos, seconds, nanos);
  }
}
