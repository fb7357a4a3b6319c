package io.metanode.node.logblocks;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DurableFiles;
import io.metanode.ledger.LogBlockSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    DurableFiles.replace(directory.resolve(SIGNED), submission.encode().toArray());
    if (checkpoint.isPresent()) {
      DurableFiles.replace(
          directory.resolve(AWAITED), checkpoint.get().getBytes(StandardCharsets.UTF_8));
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
}
