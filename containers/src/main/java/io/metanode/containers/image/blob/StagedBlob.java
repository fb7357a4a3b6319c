package io.metanode.containers.image.blob;

import io.metanode.foundation.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Content received in full and not yet stored. Closing it unstored removes it.
 *
 * @param file where it lies
 * @param digest what it hashes to
 * @param size its length in bytes
 */
public record StagedBlob(Path file, Digest digest, long size) implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  public InputStream read() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  /**
   * The whole content.
   *
   * @throws IOException if it is longer than {@code limit}
   */
  public byte[] bytes(int limit) throws IOException {
    if (size > limit) {
      throw new IOException("a document of " + size + " bytes; at most " + limit + " are read");
    }
    return Files.readAllBytes(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
