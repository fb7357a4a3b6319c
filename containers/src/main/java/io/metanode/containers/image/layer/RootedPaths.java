package io.metanode.containers.image.layer;

import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds where the names in an archive lie below a root, as if the root were {@code /}: links met on
 * the way are resolved inside it and {@code ..} stops at it. The tree must not change meanwhile by
 * other hands.
 */
final class RootedPaths {

  private static final int MOST_LINKS = 40;

  private final Path root;
  private final List<Path> lowers;
  private final Syscalls syscalls;
  private final Map<String, Path> known = new HashMap<>();

  /**
   * @param lowers roots of the layers beneath, highest first: directories the archive leaves out
   *     take owner and mode from them
   */
  RootedPaths(Path root, List<Path> lowers, Syscalls syscalls) {
    this.root = root;
    this.lowers = lowers;
    this.syscalls = syscalls;
  }

  /**
   * The components of a name, {@code .} and {@code ..} resolved as text.
   *
   * @throws ArchiveException if it climbs above the root
   */
  static List<String> components(String name) throws ArchiveException {
    List<String> components = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        if (components.isEmpty()) {
          throw new ArchiveException("\"" + name + "\" is outside of the layer");
        }
        components.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        if (part.indexOf('\0') >= 0) {
          throw new ArchiveException("the archive has a name with a zero byte");
        }
        components.add(part);
      }
    }
    return components;
  }

  /** Where a name lies; its directories are made, its last component is not looked at. */
  Path place(List<String> components) throws IOException {
    if (components.isEmpty()) {
      return root;
    }
    return directory(components.subList(0, components.size() - 1)).resolve(components.getLast());
  }

  /** The directory a name stands for, made if it is missing. */
  Path directory(List<String> components) throws IOException {
    String key = String.join("/", components);
    Path found = known.get(key);
    if (found == null) {
      found = walk(components);
      known.put(key, found);
    }
    return found;
  }

  /** Forgets what was resolved, because a directory or link was replaced. */
  void forget() {
    known.clear();
  }

  private Path walk(List<String> components) throws IOException {
    Deque<String> pending = new ArrayDeque<>(components);
    Path current = root;
    int links = 0;
    while (!pending.isEmpty()) {
      String component = pending.pop();
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      if (component.equals("..")) {
        Path parent = current.getParent();
        current = current.equals(root) || parent == null ? root : parent;
        continue;
      }
      Path next = current.resolve(component);
      if (Files.isSymbolicLink(next)) {
        if (++links > MOST_LINKS) {
          throw new ArchiveException("too many levels of symbolic links: " + components);
        }
        Path target = Files.readSymbolicLink(next);
        current = target.isAbsolute() ? root : current;
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
          pending.push(target.getName(i).toString());
        }
        continue;
      }
      enter(next);
      current = next;
    }
    return current;
  }

  private void enter(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      FileStatus status = syscalls.status(directory);
      if (!Whiteouts.isWhiteout(status)) {
        throw new ArchiveException("not a directory: /" + root.relativize(directory));
      }
      Files.delete(directory);
      Files.createDirectory(directory);
      Whiteouts.makeOpaque(directory, syscalls);
    } else {
      Files.createDirectory(directory);
    }
    inherit(directory);
  }

  private void inherit(Path directory) throws IOException {
    Path relative = root.relativize(directory);
    for (Path lower : lowers) {
      Path model = lower.resolve(relative);
      if (isReached(lower, relative)) {
        FileStatus status = syscalls.status(model);
        syscalls.changeOwner(directory, status.uid(), status.gid());
        syscalls.changeMode(directory, status.mode() & 07777);
        return;
      }
    }
    syscalls.changeMode(directory, 0755);
  }

  /** Whether a directory is there without passing through a link, which could lead anywhere. */
  private static boolean isReached(Path lower, Path relative) {
    Path current = lower;
    for (Path component : relative) {
      current = current.resolve(component);
      if (!Files.isDirectory(current, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }
}
