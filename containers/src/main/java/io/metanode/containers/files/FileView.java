package io.metanode.containers.files;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A container's root with what is mounted over it. Paths are resolved a name at a time: each name
 * is opened in the directory opened before, without following links; a link's text is taken apart
 * and resolved the same way, absolute ones from the root; {@code ..} starts over from the root. Who
 * swaps names meanwhile sends the reader to other files of the same container at worst.
 */
public final class FileView implements AutoCloseable {

  private static final int MOST_LINKS = 40;
  private static final int MOST_STEPS = 1 << 16;
  private static final int LONGEST_PATH = 4096;

  private final Syscalls syscalls;
  private final OpenFile root;
  private final Map<List<String>, OpenFile> mounts = new HashMap<>();

  /**
   * @param writable whether the root may be written
   */
  public FileView(Path root, boolean writable, List<MountedAt> mounts, Syscalls syscalls)
      throws IOException {
    this.syscalls = syscalls;
    this.root = opened(root, List.of(), writable, Constants.O_DIRECTORY);
    try {
      for (MountedAt mount : mounts) {
        lay(mount);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A source or destination that is not there hides nothing. */
  private void lay(MountedAt mount) throws IOException {
    try {
      Whereabouts where = new Walk(mount.destination(), true).whereabouts();
      OpenFile source = opened(mount.source(), where.place(), mount.writable(), 0);
      if (!mount.part().isEmpty()) {
        source = part(source, mount.part());
      }
      OpenFile hidden = mounts.put(where.place(), source);
      if (hidden != null) {
        hidden.close();
      }
    } catch (SyscallException e) {
      if (e.errno() != Constants.ENOENT && e.errno() != Constants.ENOTDIR) {
        throw e;
      }
    }
  }

  private OpenFile part(OpenFile whole, String path) throws SyscallException {
    try (whole) {
      int fd = syscalls.openBeneath(whole.fd(), path, Constants.O_PATH);
      try {
        return new OpenFile(fd, syscalls.status(fd), whole.place(), whole.writable(), syscalls);
      } catch (SyscallException | RuntimeException e) {
        syscalls.close(fd);
        throw e;
      }
    }
  }

  private OpenFile opened(Path path, List<String> place, boolean writable, int flags)
      throws SyscallException {
    int fd = syscalls.open(path, Constants.O_PATH | flags, 0);
    try {
      return new OpenFile(fd, syscalls.status(fd), place, writable, syscalls);
    } catch (SyscallException | RuntimeException e) {
      syscalls.close(fd);
      throw e;
    }
  }

  /**
   * Opens a file.
   *
   * @param follow whether a link at the path's end is followed; with a slash or dot after it, it
   *     always is
   * @throws SyscallException with the error number the kernel would give
   */
  public OpenFile open(String path, boolean follow) throws IOException {
    return new Walk(path, follow).file();
  }

  /**
   * Opens a directory below another, and makes what is missing on the way to it.
   *
   * @param base the path of one that is there
   */
  public OpenFile madeDirectory(String base, List<String> names) throws IOException {
    String path = base + "/" + String.join("/", names) + "/";
    try {
      return open(path, true);
    } catch (SyscallException e) {
      if (e.errno() != Constants.ENOENT || names.isEmpty()) {
        throw e;
      }
    }
    try (OpenFile above = madeDirectory(base, names.subList(0, names.size() - 1))) {
      Entry.makeDirectory(above, names.getLast());
    }
    return open(path, true);
  }

  /** Opens what a directory has under a name; links are not followed. */
  public OpenFile open(OpenFile directory, String name) throws IOException {
    List<String> place = new ArrayList<>(directory.place());
    place.add(name);
    OpenFile mounted = mounts.get(place);
    return mounted == null
        ? opened(directory.child(name), place, directory.writable(), Constants.O_NOFOLLOW)
        : opened(mounted.path(), place, mounted.writable(), 0);
  }

  /** What there is at a path; of a link at its end, the link and where it leads. */
  public PathStatus status(ContainerPath path) throws IOException {
    try (OpenFile file = open(path.text(), false)) {
      String target = file.isLink() ? target(path.text()) : "";
      return PathStatus.of(path.base(), file.status(), target);
    }
  }

  /** Where a path leads, also where the last names do not exist. */
  public String target(String path) throws IOException {
    return "/" + String.join("/", new Walk(path, true).whereabouts().place());
  }

  /** Whether something is mounted at a place or below it. */
  public boolean holdsMount(List<String> place) {
    return mounts.keySet().stream()
        .anyMatch(
            mount -> mount.size() >= place.size() && mount.subList(0, place.size()).equals(place));
  }

  @Override
  public void close() {
    mounts.values().forEach(OpenFile::close);
    root.close();
  }

  private record Whereabouts(List<String> place) {}

  /** One path being resolved. */
  private final class Walk {

    private final String path;
    private final boolean follow;
    private final Deque<String> pending = new ArrayDeque<>();
    private int links;
    private int steps;

    Walk(String path, boolean follow) throws SyscallException {
      this.path = path;
      this.follow = follow || path.endsWith("/") || path.endsWith("/.");
      if (path.length() > LONGEST_PATH || path.indexOf('\0') >= 0) {
        throw failure(Constants.ENAMETOOLONG, "File name too long");
      }
      push(path);
    }

    private void push(String text) {
      List<String> names = List.of(text.split("/", -1));
      names.reversed().stream()
          .filter(name -> !name.isEmpty() && !name.equals("."))
          .forEach(pending::push);
    }

    private SyscallException failure(int errno, String description) {
      return new SyscallException("open", path, errno, description);
    }

    OpenFile file() throws IOException {
      OpenFile current = start();
      try {
        while (!pending.isEmpty()) {
          OpenFile next = step(current);
          current.close();
          current = next;
        }
        if (!current.isDirectory() && (path.endsWith("/") || path.endsWith("/."))) {
          throw failure(Constants.ENOTDIR, "Not a directory");
        }
        return current;
      } catch (IOException | RuntimeException e) {
        current.close();
        throw e;
      }
    }

    private OpenFile start() throws IOException {
      return opened(root.path(), List.of(), root.writable(), 0);
    }

    private OpenFile step(OpenFile current) throws IOException {
      if (++steps > MOST_STEPS) {
        throw failure(Constants.ELOOP, "Too many levels of symbolic links");
      }
      if (!current.isDirectory()) {
        throw failure(Constants.ENOTDIR, "Not a directory");
      }
      String name = pending.pop();
      if (name.equals("..")) {
        current.place().reversed().stream().skip(1).forEach(pending::push);
        return start();
      }
      OpenFile next = open(current, name);
      if (!next.isLink() || (pending.isEmpty() && !follow)) {
        return next;
      }
      String target;
      try (next) {
        target = syscalls.readLink(next.fd());
      }
      if (++links > MOST_LINKS) {
        throw failure(Constants.ELOOP, "Too many levels of symbolic links");
      }
      push(target);
      return target.startsWith("/")
          ? start()
          : opened(current.path(), current.place(), current.writable(), 0);
    }

    /** As {@link #file}; from the first missing name on, names are taken as they are. */
    Whereabouts whereabouts() throws IOException {
      OpenFile current = start();
      try {
        while (!pending.isEmpty()) {
          String name = pending.getFirst();
          OpenFile next;
          try {
            next = step(current);
          } catch (SyscallException e) {
            if (e.errno() != Constants.ENOENT) {
              throw e;
            }
            return new Whereabouts(missing(current.place(), name));
          }
          current.close();
          current = next;
        }
        return new Whereabouts(current.place());
      } finally {
        current.close();
      }
    }

    private List<String> missing(List<String> found, String name) {
      List<String> place = new ArrayList<>(found);
      pending.push(name);
      for (String next : pending) {
        if (!next.equals("..")) {
          place.add(next);
        } else if (!place.isEmpty()) {
          place.removeLast();
        }
      }
      return place;
    }
  }
}
