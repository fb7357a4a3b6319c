package io.metanode.ledger.replica;

import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.store.Chain;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The snapshots that a validator offers: the last two, held in memory, where states share nodes.
 * One that has none yet, or lacks the blocks after its newest, takes one when it is asked.
 */
final class Snapshots {

  private static final int KEPT = 2;

  private record Pinned(LedgerState ledger, SnapshotOffer offer) {}

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
  void decided(LedgerState before, SealedBlock next) {
    long height = before.head().height();
    if (height > 0 && height % every == 0) {
      pin(before, next);
    }
  }

  private void pin(LedgerState before, SealedBlock next) {
    pinned.put(
        before.head().height(),
        new Pinned(before, SnapshotOffer.of(before, next, List.of(), bits)));
    if (pinned.size() > KEPT) {
      pinned.pollFirstEntry();
    }
  }

  /** Offers the newest to a peer that trusts the validators who decide from {@code trusted} on. */
  void offer(ValidatorId peer, long trusted) throws IOException {
    if (pinned.isEmpty() || chain.first() > pinned.lastKey() + 1) {
      pinLast();
    }
    Map.Entry<Long, Pinned> newest = pinned.lastEntry();
    if (newest == null) {
      return;
    }
    SnapshotOffer found = newest.getValue().offer();
    List<RosterChange> changes =
        chain.changes(trusted).stream()
            .filter(change -> change.header().height() < found.next().height())
            .toList();
    out.send(
        peer,
        new PeerMessage.Snapshot(
            new SnapshotOffer(changes, found.next(), found.seal(), found.manifest())));
  }

  private void pinLast() throws IOException {
    Optional<LedgerState> before = chain.ledger(chain.height() - 1);
    Optional<SealedBlock> last = chain.block(chain.height());
    if (before.isPresent() && before.get().head().height() > 0 && last.isPresent()) {
      pin(before.get(), last.get());
    }
  }

  void chunk(ValidatorId peer, long height, int index) {
    Pinned found = pinned.get(height);
    if (found == null) {
      return;
    }
    SnapshotManifest manifest = found.offer().manifest();
    if (index < manifest.size()) {
      out.send(peer, new PeerMessage.Chunk(height, manifest.chunk(found.ledger().state(), index)));
    }
  }
}
