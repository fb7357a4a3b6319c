package io.metanode.containers.build.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Files to copy from, as if their root were {@code /}: no link leads out of it. */
public interface SourceTree {

  int MOST_LINKS = 40;

  /** What stands at a path, a link as itself. */
  Optional<SourceFile> find(String path) throws IOException;

  /** The names in a directory, sorted. */
  List<String> children(String path) throws IOException;

  /** Whether its files are nobody else's, so that they may be linked rather than copied. */
  boolean isOwn();

  /** What stands at a path, links followed within the tree. */
  default Optional<SourceFile> follow(String path) throws IOException {
    return find(resolve(path));
  }

  /** What a path stands for, links followed; components that do not exist stay as they are. */
  default String resolve(String path) throws IOException {
    Deque<String> pending = new ArrayDeque<>(List.of(path.split("/", -1)));
    String current = "";
    int links = 0;
    while (!pending.isEmpty()) {
      String component = pending.pop();
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      if (component.equals("..")) {
        current = parent(current);
        continue;
      }
      String next = current.isEmpty() ? component : current + "/" + component;
      Optional<SourceFile> found = find(next);
      if (found.isEmpty() || !found.get().isLink()) {
        current = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new IOException("too many levels of symbolic links: " + path);
      }
      Path target = Files.readSymbolicLink(found.get().file());
      current = target.isAbsolute() ? "" : current;
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        pending.push(target.getName(i).toString());
      }
    }
    return current;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
