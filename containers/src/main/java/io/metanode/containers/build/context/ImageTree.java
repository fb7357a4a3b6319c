package io.metanode.containers.build.context;

import io.metanode.containers.image.overlay.LayerStack;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of an image, as its layers show them. */
public final class ImageTree implements SourceTree {

  /** The root of {@code scratch}: nothing lies in it, and it lies nowhere. */
  private static final SourceFile NOTHING =
      new SourceFile(
          "", Path.of("scratch"), Constants.S_IFDIR | 0755, 0, 0, 0, 0, Optional.empty());

  private final List<Path> roots;
  private final LayerStack layers;
  private final Syscalls syscalls;

  /**
   * @param roots of its layers, highest first
   */
  public ImageTree(List<Path> roots, Syscalls syscalls) {
    this.roots = List.copyOf(roots);
    this.layers = new LayerStack(roots, syscalls);
    this.syscalls = syscalls;
  }

  @Override
  public Optional<SourceFile> find(String path) throws IOException {
    if (roots.isEmpty() && path.isEmpty()) {
      return Optional.of(NOTHING);
    }
    Optional<Path> found = layers.find(Path.of(path));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    FileStatus status = syscalls.status(found.get());
    SourceFile file =
        new SourceFile(
            path,
            found.get(),
            status.mode(),
            status.uid(),
            status.gid(),
            status.modifySeconds(),
            status.size(),
            Optional.empty());
    return Optional.of(
        file.isFile() && status.links() > 1
            ? file.shared(new SourceFile.Inode(layer(found.get()), status.inode()))
            : file);
  }

  /** Files of different layers are different ones, whatever this host stores them as. */
  private int layer(Path file) {
    int layer = 0;
    while (!file.startsWith(roots.get(layer))) {
      layer++;
    }
    return layer;
  }

  @Override
  public List<String> children(String path) throws IOException {
    return List.copyOf(layers.children(Path.of(path)));
  }

  @Override
  public boolean isOwn() {
    return false;
  }
}
