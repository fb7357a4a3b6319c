package io.metanode.containers.image.overlay;

import io.metanode.containers.image.layer.Whiteouts;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks paths up in a stack of layers as overlayfs merges them, without mounting it. */
public final class LayerStack {

  private final List<Path> layers;
  private final Syscalls syscalls;

  /**
   * @param layers highest first
   */
  public LayerStack(List<Path> layers, Syscalls syscalls) {
    this.layers = List.copyOf(layers);
    this.syscalls = syscalls;
  }

  /** What one layer says of a path. */
  private record Sight(Optional<Path> found, boolean last) {}

  /** The file a path shows, links not followed. */
  public Optional<Path> find(Path relative) throws IOException {
    for (Path layer : layers) {
      Sight sight = look(layer, relative);
      if (sight.found().isPresent() || sight.last()) {
        return sight.found();
      }
    }
    return Optional.empty();
  }

  /** The names a directory shows; none if the path is no directory. */
  public Set<String> children(Path relative) throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> hidden = new TreeSet<>();
    for (Path layer : layers) {
      Sight sight = look(layer, relative);
      if (sight.found().isPresent()) {
        Path directory = sight.found().get();
        if (!isDirectory(directory)) {
          return names;
        }
        collect(directory, names, hidden);
        if (Whiteouts.isOpaque(directory, syscalls)) {
          return names;
        }
      }
      if (sight.last()) {
        return names;
      }
    }
    return names;
  }

  private void collect(Path directory, Set<String> names, Set<String> hidden) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        String name = child.getFileName().toString();
        if (Whiteouts.isWhiteout(syscalls.status(child))) {
          hidden.add(name);
        } else if (!hidden.contains(name)) {
          names.add(name);
        }
      }
    }
  }

  private Sight look(Path layer, Path relative) throws IOException {
    Path current = layer;
    boolean opaque = false;
    for (Path component : relative) {
      opaque = opaque || (!current.equals(layer) && Whiteouts.isOpaque(current, syscalls));
      current = current.resolve(component);
      if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
        return new Sight(Optional.empty(), opaque);
      }
      FileStatus status = syscalls.status(current);
      if (Whiteouts.isWhiteout(status)) {
        return new Sight(Optional.empty(), true);
      }
      boolean isLast = current.getNameCount() - layer.getNameCount() == relative.getNameCount();
      if (!isLast && (status.mode() & Constants.S_IFMT) != Constants.S_IFDIR) {
        return new Sight(Optional.empty(), true);
      }
    }
    return new Sight(Optional.of(current), opaque);
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
