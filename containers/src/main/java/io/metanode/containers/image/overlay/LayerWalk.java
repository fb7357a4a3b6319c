package io.metanode.containers.image.overlay;

import io.metanode.containers.image.layer.Whiteouts;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks all that a stack of layers shows, as overlayfs merges them, without mounting it: a
 * directory before what is in it, names in the order of their bytes. A layer's directory is read
 * once, so the walk costs what the layers hold, however many there are.
 */
public final class LayerWalk {

  private static final Comparator<String> BY_BYTES =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private final Syscalls syscalls;
  private final Visitor visitor;
  private final Map<Inode, String> seen = new HashMap<>();

  private LayerWalk(Syscalls syscalls, Visitor visitor) {
    this.syscalls = syscalls;
    this.visitor = visitor;
  }

  /**
   * One file.
   *
   * @param path in the tree, relative, with {@code /}
   * @param file where it lies on this host
   * @param first the path under which the walk came to the same file before, for a hard link
   */
  public record Entry(String path, Path file, FileStatus status, Optional<String> first) {

    public boolean isFile() {
      return (status.mode() & Constants.S_IFMT) == Constants.S_IFREG;
    }

    public boolean isLink() {
      return (status.mode() & Constants.S_IFMT) == Constants.S_IFLNK;
    }

    public boolean isDevice() {
      int type = status.mode() & Constants.S_IFMT;
      return type == Constants.S_IFCHR || type == Constants.S_IFBLK;
    }

    /** The attributes that belong to the file rather than to this host. */
    public Map<String, byte[]> attributes(Syscalls syscalls) throws IOException {
      return isLink() || first.isPresent()
          ? Map.of()
          : TarEntries.kept(syscalls.extendedAttributes(file));
    }
  }

  /** What is done with each file. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Entry entry) throws IOException;
  }

  /** Files of different layers are different ones, though this host may store them as one. */
  private record Inode(int layer, long device, long number) {}

  /** What one layer has at a path. */
  private record Part(int layer, Path file, FileStatus status) {

    boolean isDirectory() {
      return (status.mode() & Constants.S_IFMT) == Constants.S_IFDIR;
    }
  }

  /**
   * @param layers highest first
   */
  public static void walk(List<Path> layers, Syscalls syscalls, Visitor visitor)
      throws IOException {
    List<Part> roots = new ArrayList<>();
    for (Path layer : layers) {
      roots.add(new Part(roots.size(), layer, syscalls.status(layer)));
    }
    new LayerWalk(syscalls, visitor).children(roots, "");
  }

  /**
   * @param parts of one directory, highest first, each of them a directory that shows
   */
  private void children(List<Part> parts, String prefix) throws IOException {
    for (Map.Entry<String, List<Part>> child : merged(parts).entrySet()) {
      Part top = child.getValue().getFirst();
      String path = prefix + child.getKey();
      visitor.visit(new Entry(path, top.file(), top.status(), first(top, path)));
      if (top.isDirectory()) {
        children(child.getValue(), path + "/");
      }
    }
  }

  private Optional<String> first(Part part, String path) {
    boolean isFile = (part.status().mode() & Constants.S_IFMT) == Constants.S_IFREG;
    return !isFile || part.status().links() < 2
        ? Optional.empty()
        : Optional.ofNullable(
            seen.putIfAbsent(
                new Inode(part.layer(), part.status().device(), part.status().inode()), path));
  }

  private SortedMap<String, List<Part>> merged(List<Part> parts) throws IOException {
    SortedMap<String, List<Part>> shown = new TreeMap<>(BY_BYTES);
    Set<String> closed = new HashSet<>();
    for (Part part : parts) {
      List<Path> files;
      try (Stream<Path> list = Files.list(part.file())) {
        files = list.toList();
      }
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!closed.contains(name)) {
          merge(new Part(part.layer(), file, syscalls.status(file)), name, shown, closed);
        }
      }
    }
    return shown;
  }

  /** Takes one layer's word for a name; a closed name hears no lower layer. */
  private void merge(Part part, String name, Map<String, List<Part>> shown, Set<String> closed)
      throws IOException {
    boolean covered = shown.containsKey(name);
    if (Whiteouts.isWhiteout(part.status()) || (covered && !part.isDirectory())) {
      closed.add(name);
      return;
    }
    shown.computeIfAbsent(name, _ -> new ArrayList<>()).add(part);
    if (!part.isDirectory() || Whiteouts.isOpaque(part.file(), syscalls)) {
      closed.add(name);
    }
  }
}
