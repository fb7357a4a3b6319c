package io.metanode.node.logblocks;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DurableFiles;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.LogBlockSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The LogBlocks that were signed for a chain and are not known to be final, and the newest one at
 * any rate, each in a file of its own that is durable before it is submitted: after a crash the
 * same bytes are submitted again, and no number is ever signed twice. Beside each the checkpoint of
 * its size, and the newest one that became final.
 */
final class Intents {

  /** The newest checkpoint that is final. */
  static final String FINAL = "checkpoint";

  private static final String SIGNED = "signed.";
  private static final String AWAITED = "checkpoint.";
  private static final String NUMBER = "[0-9]{1,18}";

  private final Path directory;

  /** The oldest first; each follows the one before. */
  private final Deque<LogBlockSubmission> signed;

  private Intents(Path directory, Deque<LogBlockSubmission> signed) {
    this.directory = directory;
    this.signed = signed;
  }

  static Intents open(Path directory) throws IOException {
    Files.createDirectories(directory);
    TreeMap<Long, LogBlockSubmission> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(SIGNED + NUMBER)) {
          found.put(Long.valueOf(name.substring(SIGNED.length())), read(file));
        }
      }
    }
    Deque<LogBlockSubmission> chain = new ArrayDeque<>();
    for (var one : found.entrySet()) {
      LogBlock block = block(one.getValue());
      boolean follows =
          chain.isEmpty()
              || (block.number() == block(chain.getLast()).number() + 1
                  && block.previous().equals(block(chain.getLast()).digest()));
      if (block.number() != one.getKey() || !follows) {
        throw damaged(directory.resolve(SIGNED + one.getKey()), null);
      }
      chain.add(one.getValue());
    }
    return new Intents(directory, chain);
  }

  private static LogBlockSubmission read(Path file) throws IOException {
    try {
      return LogBlockSubmission.decode(Bytes.of(Files.readAllBytes(file)));
    } catch (DecodingException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, @Nullable DecodingException why) {
    return new IOException(
        file
            + " is damaged, or does not follow from the one before: put the directory back from a"
            + " backup; without it a LogBlock might be signed twice",
        why);
  }

  private static LogBlock block(LogBlockSubmission submission) {
    return submission.signed().block();
  }

  Optional<LogBlock> newest() {
    return Optional.ofNullable(signed.peekLast()).map(Intents::block);
  }

  Optional<LogBlock> oldest() {
    return Optional.ofNullable(signed.peekFirst()).map(Intents::block);
  }

  /** Those after a number, the oldest first. */
  List<LogBlockSubmission> after(long number) {
    return signed.stream().filter(one -> block(one).number() > number).toList();
  }

  /** The one of a number, if it is still kept. */
  Optional<LogBlock> of(long number) {
    return signed.stream()
        .map(Intents::block)
        .filter(block -> block.number() == number)
        .findFirst();
  }

  /**
   * Records what was signed; it is durable when this returns.
   *
   * @param checkpoint of its size, if the log published one
   */
  void signed(LogBlockSubmission submission, Optional<String> checkpoint) throws IOException {
    long number = block(submission).number();
    Path awaited = directory.resolve(AWAITED + number);
    Files.deleteIfExists(awaited);
    DurableFiles.replace(directory.resolve(SIGNED + number), submission.encode().toArray());
    signed.add(submission);
    if (checkpoint.isPresent()) {
      DurableFiles.replace(awaited, checkpoint.get().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The LogBlock of a number is final, and so are those before and its checkpoint. */
  void isFinal(long number) throws IOException {
    Path awaited = directory.resolve(AWAITED + number);
    if (Files.exists(awaited)) {
      Files.move(awaited, directory.resolve(FINAL), StandardCopyOption.ATOMIC_MOVE);
    }
    while (!signed.isEmpty() && block(signed.getFirst()).number() < number) {
      long before = block(signed.getFirst()).number();
      Files.deleteIfExists(directory.resolve(AWAITED + before));
      Files.deleteIfExists(directory.resolve(SIGNED + before));
      signed.remove();
    }
  }
}
