package io.metanode.node.logblocks;

import io.metanode.crypto.KeyFile;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LogBlockSubmission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The newest LogBlock that was signed for a chain, on disk before it is submitted: after a crash
 * the same bytes are submitted again, and no number is ever signed twice. Beside it the checkpoint
 * of its size, and the newest one that became final.
 */
final class Intent {

  /** The newest checkpoint that is final. */
  static final String FINAL = "checkpoint";

  private static final String SIGNED = "signed";
  private static final String AWAITED = "checkpoint.next";

  private final Path directory;
  private Optional<LogBlockSubmission> newest;

  private Intent(Path directory, Optional<LogBlockSubmission> newest) {
    this.directory = directory;
    this.newest = newest;
  }

  static Intent open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(SIGNED);
    if (Files.notExists(file)) {
      return new Intent(directory, Optional.empty());
    }
    try {
      Bytes payload = Bytes.of(Files.readAllBytes(file));
      return new Intent(directory, Optional.of(LogBlockSubmission.decode(payload)));
    } catch (DecodingException e) {
      throw new IOException(
          file
              + " is damaged: put it back from a backup; without it a LogBlock might be signed"
              + " twice",
          e);
    }
  }

  Optional<LogBlockSubmission> newest() {
    return newest;
  }

  /**
   * Records what was signed; it is durable when this returns.
   *
   * @param checkpoint of its size, if the log published one
   */
  void signed(LogBlockSubmission submission, Optional<String> checkpoint) throws IOException {
    Files.deleteIfExists(directory.resolve(AWAITED));
    replace(SIGNED, submission.encode().toArray());
    if (checkpoint.isPresent()) {
      replace(AWAITED, checkpoint.get().getBytes(StandardCharsets.UTF_8));
    }
    newest = Optional.of(submission);
  }

  /** The newest LogBlock is final, and so is its checkpoint. */
  void isFinal() throws IOException {
    Path awaited = directory.resolve(AWAITED);
    if (Files.exists(awaited)) {
      Files.move(awaited, directory.resolve(FINAL), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void replace(String name, byte[] content) throws IOException {
    Path draft = directory.resolve(name + ".new");
    try (FileChannel file =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    KeyFile.syncDirectory(directory);
  }
}
