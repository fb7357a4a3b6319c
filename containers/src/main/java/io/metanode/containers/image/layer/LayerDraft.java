package io.metanode.containers.image.layer;

import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A layer being made in place. Closing it unadopted removes it.
 *
 * @param directory its own, which the store renames
 * @param files where its files are
 * @param below the chain ids beneath, lowest first
 */
public record LayerDraft(Path directory, Path files, List<Digest> below) implements AutoCloseable {

  public LayerDraft {
    below = List.copyOf(below);
  }

  @Override
  public void close() throws IOException {
    DurableFiles.removeTree(directory);
  }
}
