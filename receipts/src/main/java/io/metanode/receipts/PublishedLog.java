package io.metanode.receipts;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.MerkleProof;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.statement.StatementReader;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TileReader;
import io.metanode.receipts.tile.TlogProof;
import io.metanode.receipts.tile.VerifierKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a log published: checkpoint and tiles, without the journal. A writer may go on beside it;
 * where a tile went meanwhile, reading fails, and works on the log opened again. What it reads is
 * not verified. Not safe for use by many threads.
 */
public final class PublishedLog {

  private final Checkpoint checkpoint;
  private final KeyHistory keys;
  private final TileReader tiles;
  private final RecentUsage recent;

  private PublishedLog(LogFiles files, Checkpoint checkpoint, KeyHistory keys, RecentUsage recent) {
    this.recent = recent;
    this.checkpoint = checkpoint;
    this.keys = keys;
    tiles = new TileReader(files.disk(), files.directory(), checkpoint.size());
  }

  /**
   * @throws IOException if there is no log in {@code directory}, or it cannot be read
   */
  public static PublishedLog open(Path directory) throws IOException {
    return open(directory, RecentUsage.NONE);
  }

  /** As {@link #open(Path)}, of a log that this process writes. */
  public static PublishedLog open(Path directory, RecentUsage recent) throws IOException {
    LogFiles files = LogFiles.readOnly(directory);
    Optional<Checkpoint> checkpoint = files.checkpoint();
    Optional<KeyHistory> keys = files.keys();
    if (checkpoint.isEmpty() || keys.isEmpty()) {
      throw new FileNotFoundException("no receipt log in " + directory);
    }
    return new PublishedLog(files, checkpoint.get(), keys.get(), recent);
  }

  /**
   * How many receipts a log published; opens no more than its checkpoint.
   *
   * @throws IOException as {@link #open(Path)}
   */
  public static long size(Path directory) throws IOException {
    return LogFiles.readOnly(directory)
        .checkpoint()
        .orElseThrow(() -> new FileNotFoundException("no receipt log in " + directory))
        .size();
  }

  /** The log's origin. */
  public String origin() {
    return checkpoint.origin();
  }

  /** The number of receipts the checkpoint covers. */
  public long size() {
    return checkpoint.size();
  }

  /** The RFC 6962 root over the log's first receipts. */
  public byte[] root(long size) throws IOException {
    return CompactRange.of(size, tiles).root();
  }

  /**
   * The receipts from {@code from} on: up to the newest, to a change of keys, to where a sum would
   * not fit in 63 bits, or to {@code most} of them, whatever comes first.
   *
   * @param since the size the consistency proof leads from, or to, if these receipts end before it
   * @throws IllegalArgumentException if there is none, or {@code since} is beyond the log's size
   */
  public LogSpan span(long since, long from, long most) throws IOException {
    long end = Math.min(Math.min(size(), from + most), keyEnd(from));
    Usage sum = Usage.NONE;
    long to = from;
    try {
      for (; to < end; to++) {
        sum = sum.plus(usage(to));
      }
    } catch (ArithmeticException e) {
      end = to;
    }
    if (from < 0 || from >= end || since > size()) {
      throw new IllegalArgumentException("no receipts from " + from + " to " + end);
    }
    return new LogSpan(
        origin(),
        from,
        end,
        root(end),
        since == 0
            ? List.of()
            : MerkleProof.consistency(Math.min(since, end), Math.max(since, end), tiles),
        sum,
        key(end - 1),
        key(end),
        end == size() ? Optional.of(checkpoint.toString()) : Optional.empty());
  }

  /** The first index after {@code index} that another key signs. */
  private long keyEnd(long index) {
    return keys.periods().stream()
        .mapToLong(KeyHistory.Period::from)
        .filter(from -> from > index)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private Ed25519PublicKey key(long index) throws IOException {
    VerifierKey key = keys.at(index);
    return key.ed25519().orElseThrow(() -> new DamagedLogException("keys: " + key + " is no key"));
  }

  private Usage usage(long index) throws IOException {
    Usage known = recent.of(index);
    if (known != null) {
      return known;
    }
    try {
      return StatementReader.read(Envelope.read(tiles.entry(index)).payload()).step().usage();
    } catch (ReceiptFormatException e) {
      throw new DamagedLogException("entry " + index + ": not a receipt: " + e.getMessage());
    }
  }

  /**
   * The proof that a receipt is under an earlier checkpoint of this log (C2SP tlog-proof); it
   * carries the receipt.
   *
   * @param note the checkpoint, with whatever signature lines
   * @throws IOException if it is none of this log's, or does not cover the receipt
   */
  public String proof(long index, String note) throws IOException {
    Checkpoint earlier =
        Checkpoint.parse(note).orElseThrow(() -> new IOException("no checkpoint: " + note));
    if (earlier.size() > size() || index < 0 || index >= earlier.size()) {
      throw new FileNotFoundException(
          "no receipt %d under a checkpoint of %d, in a log of %d"
              .formatted(index, earlier.size(), size()));
    }
    if (!Arrays.equals(earlier.root(), root(earlier.size()))) {
      throw new DamagedLogException("the checkpoint is of another log: its root differs");
    }
    List<byte[]> path = MerkleProof.inclusion(index, earlier.size(), tiles);
    return new TlogProof(Optional.of(tiles.entry(index)), index, path, earlier).toString();
  }
}
