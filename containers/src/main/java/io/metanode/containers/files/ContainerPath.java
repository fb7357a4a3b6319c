package io.metanode.containers.files;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A path as a client of {@code docker cp} writes it: taken from the root, {@code .} and {@code ..}
 * resolved as text, but a slash or a dot at its end kept, since that asks for a directory.
 *
 * @param text absolute
 */
public record ContainerPath(String text) {

  public static ContainerPath of(String written) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : written.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    String clean = "/" + String.join("/", names);
    boolean root = clean.equals("/") && (written.startsWith("./") || written.startsWith("/./"));
    if (written.equals(".") || written.endsWith("/.") || root) {
      return new ContainerPath(clean.equals("/") ? "/." : clean + "/.");
    }
    return new ContainerPath(written.endsWith("/") && !clean.equals("/") ? clean + "/" : clean);
  }

  /** What an archive of it calls it: the last name, {@code .} or {@code /}. */
  public String base() {
    if (text.equals("/")) {
      return text;
    }
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
