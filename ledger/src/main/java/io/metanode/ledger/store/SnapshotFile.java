package io.metanode.ledger.store;

import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.encoding.Bytes;
import io.metanode.ledger.encoding.DecodingException;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotAssembly;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.state.StateChunk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Snapshots in files: the manifest, then its chunks, each behind its length in four bytes. */
public final class SnapshotFile {

  private SnapshotFile() {}

  /**
   * Writes the state after a block, whole or not at all; the file is durable when this returns.
   *
   * @param bits cuts the state into 2^bits chunks
   */
  public static void write(Path file, LedgerState ledger, int bits) throws IOException {
    SnapshotManifest manifest = SnapshotManifest.of(ledger, bits);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileOutputStream raw = new FileOutputStream(part.toFile());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 1 << 16))) {
      put(out, manifest.encode());
      for (int i = 0; i < manifest.size(); i++) {
        put(out, manifest.chunk(ledger.state(), i).encode());
      }
      out.flush();
      raw.getFD().sync();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  private static void put(DataOutputStream out, Bytes bytes) throws IOException {
    out.writeInt(bytes.length());
    out.write(bytes.toArray());
  }

  /**
   * Reads a snapshot and checks all of it.
   *
   * @param next the header after the snapshot's block, which was verified by its certificate
   * @throws CorruptionException if the file is damaged, or of another state than {@code next} names
   */
  public static LedgerState read(Path file, BlockHeader next) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return new Reading(file, in, next.height() - 1).read(next);
    }
  }

  /** A file being read, and how far. */
  private static final class Reading {

    private final Path file;
    private final DataInputStream in;
    private final long height;
    private long offset;

    Reading(Path file, DataInputStream in, long height) {
      this.file = file;
      this.in = in;
      this.height = height;
    }

    LedgerState read(BlockHeader next) throws IOException {
      try {
        SnapshotManifest manifest = SnapshotManifest.decode(take());
        SnapshotAssembly assembly =
            SnapshotAssembly.of(manifest, next)
                .orElseThrow(() -> corruption("it is not of the state that the header names"));
        for (int i = 0; i < manifest.size(); i++) {
          StateChunk chunk = StateChunk.decode(take());
          if (chunk.index() != i || !assembly.supply(chunk)) {
            throw corruption("chunk " + i + " is not what the manifest names");
          }
        }
        if (in.read() >= 0) {
          throw corruption("it goes on after its last chunk");
        }
        return assembly.ledger().orElseThrow();
      } catch (DecodingException e) {
        throw corruption(String.valueOf(e.getMessage()));
      } catch (EOFException e) {
        throw corruption("it ends too early");
      }
    }

    private Bytes take() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > StateChunk.MAX_LENGTH) {
        throw corruption("a part of " + Integer.toUnsignedString(length) + " bytes");
      }
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      offset += length + Integer.BYTES;
      return Bytes.of(bytes);
    }

    private CorruptionException corruption(String detail) {
      return new CorruptionException(file.toString(), offset, height, detail);
    }
  }
}
