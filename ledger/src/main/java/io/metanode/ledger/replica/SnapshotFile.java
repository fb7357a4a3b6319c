package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotAssembly;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.state.StateChunk;
import io.metanode.ledger.store.CorruptionException;
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
import java.util.List;

/**
 * Snapshots in files: the offer, which says why to believe the rest, then the chunks of the state,
 * each behind its length in four bytes (docs/formats/ledger.md).
 */
public final class SnapshotFile {

  private static final int MOST = 64 << 20;

  private SnapshotFile() {}

  /**
   * A state, and how the validators came to be who they are.
   *
   * @param changes of the validators since the genesis
   */
  public record Content(LedgerState ledger, List<RosterChange> changes) {}

  /** Writes a snapshot, whole or not at all; the file is durable when this returns. */
  public static void write(Path file, SnapshotOffer offer, LedgerState ledger) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileOutputStream raw = new FileOutputStream(part.toFile());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 1 << 16))) {
      Encoder head = new Encoder(1 << 16);
      offer.encode(head);
      put(out, head.toBytes());
      SnapshotManifest manifest = offer.manifest();
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
   * @param trusted the validators whose certificates count
   * @throws CorruptionException if the file is damaged or forged, or of another chain
   */
  public static Content read(Path file, LightClient trusted) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return new Reading(file, in).read(trusted);
    }
  }

  /** A file being read, and how far. */
  private static final class Reading {

    private final Path file;
    private final DataInputStream in;
    private long offset;
    private long height;

    Reading(Path file, DataInputStream in) {
      this.file = file;
      this.in = in;
    }

    Content read(LightClient trusted) throws IOException {
      try {
        Decoder head = take().decoder();
        SnapshotOffer offer = SnapshotOffer.decode(head);
        head.end();
        SnapshotManifest manifest = offer.manifest();
        height = manifest.head().height();
        SnapshotAssembly assembly =
            offer
                .believedBy(trusted)
                .orElseThrow(() -> corruption("the trusted validators did not seal this state"));
        for (int i = 0; i < manifest.size(); i++) {
          StateChunk chunk = StateChunk.decode(take());
          if (chunk.index() != i || !assembly.supply(chunk)) {
            throw corruption("chunk " + i + " is not what the manifest names");
          }
        }
        if (in.read() >= 0) {
          throw corruption("it goes on after its last chunk");
        }
        return new Content(assembly.ledger().orElseThrow(), offer.changes());
      } catch (DecodingException | IllegalArgumentException e) {
        throw corruption(String.valueOf(e.getMessage()));
      } catch (EOFException e) {
        throw corruption("it ends too early");
      }
    }

    private Bytes take() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > MOST) {
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
