package io.metanode.containers.build.context;

import io.metanode.containers.image.overlay.LayerStack;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of an image, as its layers show them. */
public final class ImageTree implements SourceTree {

  private final LayerStack layers;
  private final Syscalls syscalls;

  /**
   * @param roots of its layers, highest first
   */
  public ImageTree(List<Path> roots, Syscalls syscalls) {
    this.layers = new LayerStack(roots, syscalls);
    this.syscalls = syscalls;
  }

  @Override
  public Optional<SourceFile> find(String path) throws IOException {
    Optional<Path> found = layers.find(Path.of(path));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    FileStatus status = syscalls.status(found.get());
    return Optional.of(
        new SourceFile(
            path,
            found.get(),
            status.mode(),
            status.uid(),
            status.gid(),
            status.modifySeconds(),
            status.size(),
            Optional.empty()));
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
