package io.metanode.receipts.verify;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.MerkleHash;
import io.metanode.foundation.Digest;
import io.metanode.receipts.KeyHistory;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.tile.Bundle;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TilePath;
import io.metanode.receipts.tile.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Verifies a log's directory from the first entry to the last: each entry's form, signature, number
 * and link to the one before; each tile against the entries; the checkpoint against the tree; the
 * key history against the rotations among the entries; the journal against the published entries.
 */
public final class LogVerification {

  private final Path directory;
  private final TrustedKeys trusted;
  private final LongConsumer progress;
  private final Consumer<LoggedReceipt> reader;
  private final List<Finding> findings = new ArrayList<>();
  private final boolean live;
  private final LogListing listing;
  private final CompactRange tree = new CompactRange();
  private final TreeTiles tiles;
  private final KeyCheck keyCheck;
  private Digest previous = StepReceipt.NO_PREVIOUS;

  private LogVerification(
      Path directory,
      TrustedKeys trusted,
      KeyHistory keys,
      LongConsumer progress,
      Consumer<LoggedReceipt> reader)
      throws IOException {
    this.reader = reader;
    this.directory = directory;
    this.trusted = trusted;
    this.progress = progress;
    live = LiveLog.isLive(directory);
    listing = LogListing.of(directory);
    tiles = new TreeTiles(directory, findings, listing);
    keyCheck = new KeyCheck(keys, findings);
  }

  /**
   * Verifies the log in {@code directory}.
   *
   * @param progress told the number of entries done, now and then
   */
  public static Report run(Path directory, TrustedKeys trusted, LongConsumer progress)
      throws IOException {
    return run(directory, trusted, progress, receipt -> {});
  }

  /**
   * As {@link #run(Path, TrustedKeys, LongConsumer)}.
   *
   * @param reader gets each receipt under the checkpoint whose signature holds, in order; whether
   *     the log is good is only known at the end
   */
  public static Report run(
      Path directory, TrustedKeys trusted, LongConsumer progress, Consumer<LoggedReceipt> reader)
      throws IOException {
    Optional<Checkpoint> checkpoint =
        read(directory.resolve("checkpoint")).flatMap(Checkpoint::parse);
    Optional<KeyHistory> keys =
        read(directory.resolve(KeyHistory.FILE))
            .flatMap(bytes -> KeyHistory.parse(new String(bytes, StandardCharsets.UTF_8)));
    List<Finding> missing = new ArrayList<>();
    if (checkpoint.isEmpty()) {
      missing.add(new Finding("checkpoint", "missing or not a checkpoint"));
    }
    if (keys.isEmpty()) {
      missing.add(new Finding("keys", "missing or not a list of verifier keys"));
    }
    if (!missing.isEmpty()) {
      return new Report("", 0, 0, 0, false, missing);
    }
    return new LogVerification(directory, trusted, keys.get(), progress, reader)
        .run(checkpoint.get(), keys.get());
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  private Report run(Checkpoint checkpoint, KeyHistory keys) throws IOException {
    String origin = checkpoint.origin();
    boolean cosigned = checkSignatures(checkpoint, keys);
    checkVerifierKeys(keys);
    JournalCheck journal = JournalCheck.of(directory, checkpoint.size(), live, findings);
    for (long tile = 0; tile * TilePath.FULL < checkpoint.size(); tile++) {
      checkBundle(tile, checkpoint.size(), keys, origin, journal);
      progress.accept(tree.size());
    }
    tiles.finish(checkpoint.size());
    if (tree.size() != checkpoint.size() || !Arrays.equals(tree.root(), checkpoint.root())) {
      findings.add(
          new Finding(
              "checkpoint", "its root is not that of the %d entries found".formatted(tree.size())));
    }
    long next = checkpoint.size();
    for (byte[] entry : journal.after(next)) {
      checkEntry(next, entry, keys, origin, "journal");
      next++;
    }
    keyCheck.finish(next);
    if (!live) {
      findings.addAll(listing.unexpected(checkpoint.size()));
    }
    return new Report(
        origin,
        checkpoint.size(),
        next - checkpoint.size(),
        keys.periods().size(),
        cosigned,
        findings);
  }

  private boolean checkSignatures(Checkpoint checkpoint, KeyHistory keys) {
    VerifierKey key = keys.at(checkpoint.size());
    if (!trusted.pins(keys)) {
      findings.add(new Finding("keys", "the log has never had the key you trust"));
    }
    if (!key.name().equals(checkpoint.origin())) {
      findings.add(new Finding("checkpoint", "its origin is not the name of the log's key"));
    }
    report(checkpoint.check(key), "signature by " + key.name());
    if (!checkpoint.hasLinesOf(keys.signersAt(checkpoint.size()))) {
      findings.add(new Finding("checkpoint", "its signature lines are not those the log writes"));
    }
    Optional<VerifierKey> cosigner = trusted.cosigner(checkpoint.origin());
    if (cosigner.isEmpty()) {
      keys.cosigner().ifPresent(own -> report(checkpoint.check(own), "ML-DSA-44 cosignature"));
      return false;
    }
    if (!keys.cosigner().equals(cosigner)) {
      findings.add(new Finding("keys", "the cosigner is not the one you trust"));
    }
    report(checkpoint.check(cosigner.get()), "ML-DSA-44 cosignature");
    return true;
  }

  private void report(Checkpoint.Check check, String what) {
    if (check != Checkpoint.Check.VALID) {
      findings.add(
          new Finding(
              "checkpoint",
              check == Checkpoint.Check.MISSING
                  ? "the " + what + " is missing"
                  : "the " + what + " does not hold"));
    }
  }

  private void checkVerifierKeys(KeyHistory keys) throws IOException {
    Optional<byte[]> file = read(directory.resolve("log.vkey"));
    if (file.isEmpty()
        || !keys.verifierKeys().equals(new String(file.get(), StandardCharsets.UTF_8))) {
      findings.add(new Finding("log.vkey", "missing, or not the current keys"));
    }
  }

  private void checkBundle(
      long tile, long size, KeyHistory keys, String origin, JournalCheck journal)
      throws IOException {
    int width = (int) Math.min(TilePath.FULL, size - tile * TilePath.FULL);
    Optional<TilePath> path = listing.find(TilePath.entries(tile, width));
    if (path.isEmpty()) {
      findings.add(new Finding(TilePath.entries(tile, width).toString(), "missing"));
      previous = Digest.ofBytes(tiles.useLeaves(tile, width, tree));
      return;
    }
    byte[] bytes = Files.readAllBytes(path.get().in(directory));
    List<byte[]> entries = Bundle.entries(bytes);
    if (entries.size() != path.get().width() || !Arrays.equals(Bundle.ofEntries(entries), bytes)) {
      findings.add(
          new Finding(
              path.get().toString(),
              "holds %d whole entries in %d bytes, not exactly %d entries"
                  .formatted(entries.size(), bytes.length, path.get().width())));
    }
    for (TilePath narrower : listing.narrower(path.get())) {
      if (narrower.width() > entries.size()
          || !Arrays.equals(
              Bundle.ofEntries(entries.subList(0, narrower.width())),
              Files.readAllBytes(narrower.in(directory)))) {
        findings.add(new Finding(narrower.toString(), "differs from " + path.get()));
      }
    }
    long first = tile * TilePath.FULL;
    List<EntryCheck> checks =
        IntStream.range(0, Math.min(width, entries.size()))
            .parallel()
            .mapToObj(i -> EntryCheck.of(entries.get(i), keys.at(first + i)))
            .toList();
    for (int i = 0; i < width; i++) {
      byte[] hash = tiles.leaf(first + i, width);
      if (i < entries.size()) {
        byte[] entry = entries.get(i);
        byte[] own = MerkleHash.leaf(entry);
        String where = path.get() + " entry " + (first + i);
        place(where, first + i, own, checks.get(i), origin);
        long index = first + i;
        checks
            .get(i)
            .receipt()
            .ifPresent(r -> reader.accept(new LoggedReceipt(index, Digest.ofBytes(own), r)));
        tiles.compare(first + i, width, own, checks.get(i).good());
        journal.compare(first + i, entry, where, findings);
        hash = own;
      }
      tree.add(hash);
      tiles.add(hash);
    }
  }

  private void checkEntry(long index, byte[] entry, KeyHistory keys, String origin, String file) {
    EntryCheck check = EntryCheck.of(entry, keys.at(index));
    place(file + " entry " + index, index, MerkleHash.leaf(entry), check, origin);
  }

  private void place(String where, long index, byte[] hash, EntryCheck check, String origin) {
    if (!check.good()) {
      findings.add(new Finding(where, check.fault()));
    }
    check
        .receipt()
        .ifPresent(
            receipt -> {
              String misplaced = EntryCheck.misplaced(receipt, index, previous, origin);
              if (!misplaced.isEmpty()) {
                findings.add(new Finding(where, misplaced));
              }
              keyCheck.rotation(index, receipt.rotatesTo());
            });
    previous = Digest.ofBytes(hash);
  }
}
