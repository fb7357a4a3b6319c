package io.metanode.receipts;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleLevels;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.journal.Group;
import io.metanode.receipts.journal.JournalScan;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.statement.StatementReader;
import io.metanode.receipts.tile.Bundle;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TilePath;
import io.metanode.receipts.tile.TileWriter;
import io.metanode.receipts.tile.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds a log's state when it is opened: full tiles up to where the journal begins, then the
 * journal, which is the truth. The last checkpoint must agree with what comes out.
 */
final class Recovery {

  private final LogFiles files;
  private final String origin;
  private final SigningKeys signingKeys;
  private final TileWriter tiles;
  private final Optional<Checkpoint> checkpoint;
  private Digest previous = StepReceipt.NO_PREVIOUS;
  private KeyHistory keys;
  private Signer signer;

  private Recovery(LogFiles files, String origin, SigningKeys signingKeys, JournalScan scan)
      throws IOException {
    this.files = files;
    this.origin = origin;
    this.signingKeys = signingKeys;
    tiles = new TileWriter(files.disk(), files.directory());
    checkpoint = files.checkpoint();
    Optional<KeyHistory> known = files.keys();
    if (known.isPresent()) {
      keys = known.get();
      signer = holder(keys.current());
      checkSignatures();
      if (!files.hasVerifierKeys(keys)) {
        files.write(keys);
      }
    } else {
      if (checkpoint.isPresent() || files.hasEntries() || !scan.groups().isEmpty()) {
        throw new DamagedLogException("keys: missing; put it back from a backup");
      }
      signer = signingKeys.first();
      keys =
          new KeyHistory(
              List.of(new KeyHistory.Period(0, VerifierKey.of(origin, signer.publicKey()))),
              signingKeys.cosigner().map(key -> VerifierKey.of(origin, key)));
      files.write(keys);
    }
  }

  static Recovered run(LogFiles files, String origin, SigningKeys signingKeys) throws IOException {
    JournalScan scan = JournalScan.of(files.disk(), files.journal());
    Recovery recovery = new Recovery(files, origin, signingKeys, scan);
    recovery.checkOrigin();
    recovery.replay(scan);
    return new Recovered(scan, recovery.tiles, recovery.previous, recovery.keys, recovery.signer);
  }

  private Signer holder(VerifierKey key) throws IOException {
    return signingKeys.withId(
        key.ed25519().orElseThrow(() -> new DamagedLogException("keys: not Ed25519")).id());
  }

  /**
   * A checkpoint that is to be replaced must be the log's own, or the trace of a change is lost.
   */
  private void checkSignatures() throws DamagedLogException {
    if (checkpoint.isEmpty()) {
      return;
    }
    for (VerifierKey key : keys.signersAt(checkpoint.get().size())) {
      if (checkpoint.get().check(key) != Checkpoint.Check.VALID) {
        throw new DamagedLogException(
            "checkpoint: not signed by the log's key "
                + key.name()
                + "; run: metanode receipts verify");
      }
    }
  }

  private void checkOrigin() throws IOException {
    if (!keys.current().name().equals(origin)) {
      throw new IOException(
          "the log in %s is %s, not %s"
              .formatted(files.directory(), keys.current().name(), origin));
    }
  }

  private void replay(JournalScan scan) throws IOException {
    long published = checkpoint.map(Checkpoint::size).orElse(0L);
    if (checkpoint.isEmpty() && scan.groups().isEmpty() && files.hasEntries()) {
      throw new DamagedLogException(
          "checkpoint: missing, and no journal holds the entries; put it back from a backup");
    }
    long start = scan.first().orElse(published);
    loadFullTiles(start / TilePath.FULL);
    checkRoot();
    long inTiles = start % TilePath.FULL;
    if (inTiles > 0) {
      List<byte[]> bundle = bundle(start / TilePath.FULL);
      for (byte[] entry : bundle.subList(0, (int) Math.min(inTiles, bundle.size()))) {
        add(entry);
      }
    }
    for (Group group : scan.groups()) {
      if (group.first() != tiles.size()) {
        throw new DamagedLogException(
            "journal: begins at entry %d, the tiles end at %d"
                .formatted(group.first(), tiles.size()));
      }
      for (byte[] entry : group.entries()) {
        add(entry);
      }
    }
    if (tiles.size() < published) {
      throw new DamagedLogException(
          "journal: ends at entry %d, but the checkpoint promises %d: entries were lost"
              .formatted(tiles.size(), published));
    }
  }

  private void loadFullTiles(long count) throws IOException {
    List<byte[]> parents = List.of();
    for (long tile = 0; tile < count; tile++) {
      long parent = tile / TilePath.FULL;
      boolean covered = (parent + 1) * TilePath.FULL <= count;
      if (covered && tile % TilePath.FULL == 0) {
        parents = Bundle.hashes(read(TilePath.hashes(1, parent, TilePath.FULL)));
      }
      tiles.restore(
          covered
              ? parents.get((int) (tile % TilePath.FULL))
              : MerkleLevels.rootOf(Bundle.hashes(read(TilePath.hashes(0, tile, TilePath.FULL)))));
    }
    if (count > 0) {
      previous = Digest.ofBytes(MerkleHash.leaf(bundle(count - 1).getLast()));
    }
  }

  private List<byte[]> bundle(long index) throws IOException {
    TilePath path = TilePath.entries(index, TilePath.FULL);
    List<byte[]> entries = Bundle.entries(read(path));
    if (entries.size() != TilePath.FULL) {
      throw new DamagedLogException(path + ": holds " + entries.size() + " entries, not 256");
    }
    return entries;
  }

  private byte[] read(TilePath path) throws IOException {
    Disk disk = files.disk();
    Path file = path.in(files.directory());
    if (!disk.exists(file)) {
      throw new DamagedLogException(path + ": missing");
    }
    return disk.read(file);
  }

  private void add(byte[] entry) throws IOException {
    byte[] hash = MerkleHash.leaf(entry);
    tiles.add(entry, hash);
    previous = Digest.ofBytes(hash);
    checkRoot();
    noticeRotation(entry, tiles.size());
  }

  private void checkRoot() throws DamagedLogException {
    if (checkpoint.isPresent()
        && checkpoint.get().size() == tiles.size()
        && !Arrays.equals(checkpoint.get().root(), tiles.root())) {
      throw new DamagedLogException(
          "checkpoint: its root is not that of the first "
              + tiles.size()
              + " entries; run: metanode receipts verify");
    }
  }

  /** A key that was passed to just before a crash may not be in the key history yet. */
  private void noticeRotation(byte[] entry, long next) throws IOException {
    if (next <= keys.periods().getLast().from()) {
      return;
    }
    Optional<Digest> named = rotationTo(entry);
    if (named.isPresent()) {
      signer = signingKeys.withId(named.get());
      keys = keys.with(next, VerifierKey.of(origin, signer.publicKey()));
      files.write(keys);
    }
  }

  private static Optional<Digest> rotationTo(byte[] entry) throws DamagedLogException {
    try {
      return StatementReader.read(Envelope.read(entry).payload()).rotatesTo();
    } catch (ReceiptFormatException e) {
      throw new DamagedLogException("journal: an entry is no receipt: " + e.getMessage());
    }
  }
}
