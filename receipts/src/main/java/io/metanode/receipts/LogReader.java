package io.metanode.receipts;

import io.metanode.crypto.Blake3;
import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleProof;
import io.metanode.foundation.Digest;
import io.metanode.receipts.journal.Group;
import io.metanode.receipts.journal.JournalScan;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.statement.StatementReader;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TileReader;
import io.metanode.receipts.tile.TlogProof;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log's files as they are now, whether or not a node writes to them. What it reads is not
 * verified. Not safe for use by many threads.
 */
public final class LogReader {

  private static final int ATTEMPTS = 5;

  private final Checkpoint checkpoint;
  private final TileReader tiles;
  private final List<byte[]> unpublished;

  private LogReader(LogFiles files, Checkpoint checkpoint, List<byte[]> unpublished) {
    this.checkpoint = checkpoint;
    this.unpublished = List.copyOf(unpublished);
    tiles = new TileReader(files.disk(), files.directory(), checkpoint.size());
  }

  /**
   * Reads where the log stands.
   *
   * @throws IOException if there is no log in {@code directory}, or it cannot be read
   */
  public static LogReader open(Path directory) throws IOException {
    return open(LogFiles.readOnly(directory), ATTEMPTS);
  }

  /**
   * As {@link #open}, of the receipts under the checkpoint alone: what the journal has besides is
   * not read.
   */
  public static LogReader openPublished(Path directory) throws IOException {
    LogFiles files = LogFiles.readOnly(directory);
    Checkpoint checkpoint =
        files
            .checkpoint()
            .orElseThrow(() -> new FileNotFoundException("no receipt log in " + directory));
    return new LogReader(files, checkpoint, List.of());
  }

  /** A node may publish and drop segments between two reads: then all is read again. */
  static LogReader open(LogFiles files, int attempts) throws IOException {
    Optional<Checkpoint> checkpoint = files.checkpoint();
    if (checkpoint.isEmpty()) {
      throw new FileNotFoundException("no receipt log in " + files.directory());
    }
    try {
      return new LogReader(files, checkpoint.get(), unpublished(files, checkpoint.get().size()));
    } catch (DamagedLogException | NoSuchFileException e) {
      if (attempts > 1) {
        return open(files, attempts - 1);
      }
      throw e;
    }
  }

  private static List<byte[]> unpublished(LogFiles files, long published) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (Group group : JournalScan.of(files.disk(), files.journal()).groups()) {
      if (group.next() > published) {
        long skip = Math.max(0, published - group.first());
        entries.addAll(group.entries().subList((int) skip, group.entries().size()));
      }
    }
    return entries;
  }

  /** The number of durable receipts. */
  public long size() {
    return published() + unpublished.size();
  }

  /** The number of receipts the checkpoint covers. */
  public long published() {
    return checkpoint.size();
  }

  /** The log's origin. */
  public String origin() {
    return checkpoint.origin();
  }

  /** The RFC 6962 root over the receipts the checkpoint covers. */
  public byte[] root() {
    return checkpoint.root().clone();
  }

  /**
   * The statement at {@code index}, as canonical JSON.
   *
   * @throws IOException if there is none
   */
  public byte[] statement(long index) throws IOException {
    try {
      return Envelope.read(entry(index)).payload();
    } catch (ReceiptFormatException e) {
      throw new DamagedLogException("entry " + index + ": not a receipt: " + e.getMessage());
    }
  }

  /**
   * What the receipt at {@code index} says.
   *
   * @throws IOException if there is none
   */
  public StepReceipt receipt(long index) throws IOException {
    try {
      return StatementReader.read(statement(index));
    } catch (ReceiptFormatException e) {
      throw new DamagedLogException("entry " + index + ": not a receipt: " + e.getMessage());
    }
  }

  /**
   * The receipt at {@code index}, with its leaf hash.
   *
   * @throws IOException if there is none
   */
  public LoggedReceipt logged(long index) throws IOException {
    byte[] entry = entry(index);
    try {
      StepReceipt receipt = StatementReader.read(Envelope.read(entry).payload());
      return new LoggedReceipt(index, Digest.ofBytes(MerkleHash.leaf(entry)), receipt);
    } catch (ReceiptFormatException e) {
      throw new DamagedLogException("entry " + index + ": not a receipt: " + e.getMessage());
    }
  }

  /**
   * The entry at {@code index}: the envelope's bytes.
   *
   * @throws IOException if there is none
   */
  public byte[] entry(long index) throws IOException {
    if (index < 0 || index >= size()) {
      throw new FileNotFoundException(
          "no receipt " + index + ": the log holds " + size() + ", counted from 0");
    }
    return index < published()
        ? tiles.entry(index)
        : unpublished.get((int) (index - published())).clone();
  }

  /**
   * The proof that the entry is in the log (C2SP tlog-proof); it carries the entry.
   *
   * @throws IOException if the entry is not under a checkpoint yet
   */
  public String proof(long index) throws IOException {
    byte[] entry = entry(index);
    if (index >= published()) {
      throw new IOException(
          "receipt %d is durable but not under a checkpoint yet; that takes a moment: try again"
              .formatted(index));
    }
    List<byte[]> path = MerkleProof.inclusion(index, published(), tiles);
    return new TlogProof(Optional.of(entry), index, path, checkpoint).toString();
  }

  /** An entry's id: {@code b3:} and its BLAKE3 hash. */
  public static String id(byte[] entry) {
    return "b3:" + HexFormat.of().formatHex(Blake3.of(entry));
  }
}
