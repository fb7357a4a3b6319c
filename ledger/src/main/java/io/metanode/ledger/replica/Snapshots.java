package io.metanode.ledger.replica;

import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.store.Chain;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The snapshots that a validator offers: the last two, held in memory, where states share nodes.
 */
final class Snapshots {

  private static final int KEPT = 2;

  private record Pinned(
      LedgerState ledger, BlockHeader next, BlockSeal seal, SnapshotManifest manifest) {}

  private final Chain chain;
  private final Outbox out;
  private final int every;
  private final int bits;
  private final TreeMap<Long, Pinned> pinned = new TreeMap<>();

  Snapshots(Chain chain, Outbox out, int every, int bits) {
    this.chain = chain;
    this.out = out;
    this.every = every;
    this.bits = bits;
  }

  /** The block after {@code before} was decided, whose header names the state before it. */
  void decided(LedgerState before, BlockHeader next, BlockSeal seal) {
    long height = before.head().height();
    if (height == 0 || height % every != 0) {
      return;
    }
    pinned.put(height, new Pinned(before, next, seal, SnapshotManifest.of(before, bits)));
    if (pinned.size() > KEPT) {
      pinned.pollFirstEntry();
    }
  }

  /** Offers the newest to a peer that trusts the validators who decide from {@code trusted} on. */
  void offer(ValidatorId peer, long trusted) throws IOException {
    Map.Entry<Long, Pinned> newest = pinned.lastEntry();
    if (newest == null) {
      return;
    }
    Pinned found = newest.getValue();
    out.send(
        peer,
        new PeerMessage.Snapshot(
            new SnapshotOffer(
                chain.changes(trusted).stream()
                    .filter(change -> change.header().height() < found.next().height())
                    .toList(),
                found.next(),
                found.seal(),
                found.manifest())));
  }

  void chunk(ValidatorId peer, long height, int index) {
    Pinned found = pinned.get(height);
    if (found != null && index < found.manifest().size()) {
      out.send(
          peer,
          new PeerMessage.Chunk(height, found.manifest().chunk(found.ledger().state(), index)));
    }
  }
}
