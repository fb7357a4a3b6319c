package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotAssembly;
import io.metanode.ledger.state.StateChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a fresh validator to a recent state: a snapshot that one peer offers, believed because the
 * validators since the genesis sealed the header that names it, its chunks from the same peer, or
 * from others when that falls silent, each checked when it arrives. After every peer had its chance
 * it gives up, and blocks must do; peers keep a snapshot for a while only, so that the next try
 * begins with another one.
 */
final class StateSync {

  private static final int IN_FLIGHT = 8;
  private static final int TRIES = 3;

  private final LightClient trusted;
  private final Outbox out;
  private final long retryMillis;
  private Optional<SnapshotAssembly> assembly = Optional.empty();
  private List<ValidatorId> source = List.of();
  private List<RosterChange> changes = List.of();
  private long height;
  private int tries;
  private int turn;
  private boolean running;

  StateSync(LightClient trusted, Outbox out, long retryMillis) {
    this.trusted = trusted;
    this.out = out;
    this.retryMillis = retryMillis;
  }

  boolean isRunning() {
    return running;
  }

  /** Blocks came in another way. */
  void stop() {
    running = false;
    assembly = Optional.empty();
  }

  /** Every peer has its chance again. */
  void renew() {
    tries = 0;
  }

  /** Begins, or goes on after nothing came for a while; false when it gave up. */
  boolean ask(Map<ValidatorId, PeerMessage.Status> peers) {
    running = !peers.isEmpty() && tries++ < TRIES * peers.size();
    if (!running) {
      assembly = Optional.empty();
      return false;
    }
    List<ValidatorId> able = List.copyOf(peers.keySet());
    turn++;
    if (assembly.isEmpty()) {
      out.send(peer(able, 0), new PeerMessage.WantSnapshot(trusted.from()));
    } else {
      wantChunks(tries > 1 ? able : source);
    }
    out.start(Timer.Kind.SYNC, retryMillis);
    return true;
  }

  private ValidatorId peer(List<ValidatorId> peers, int place) {
    return peers.get(Math.floorMod(turn + place, peers.size()));
  }

  /** Each time every chunk is another peer's to send: in the end all were asked for it. */
  private void wantChunks(List<ValidatorId> peers) {
    List<Integer> missing = assembly.orElseThrow().missing();
    for (int i = 0; i < Math.min(IN_FLIGHT, missing.size()); i++) {
      out.send(peer(peers, i), new PeerMessage.WantChunk(height, missing.get(i)));
    }
  }

  /**
   * Takes the first offer that holds.
   *
   * @param own the height that the validator is at
   */
  void offered(
      ValidatorId from, SnapshotOffer offer, long own, Map<ValidatorId, PeerMessage.Status> peers) {
    if (!running || assembly.isPresent() || offer.manifest().head().height() <= own) {
      return;
    }
    assembly = offer.believedBy(trusted);
    if (assembly.isEmpty()) {
      out.misbehaved(from, "offered a snapshot that its validators did not seal");
      return;
    }
    changes = offer.changes();
    height = offer.manifest().head().height();
    source = List.of(from);
    tries = 0;
    ask(peers);
  }

  /** Takes a chunk; the ledger, once all are here. */
  Optional<LedgerState> take(
      ValidatorId from, PeerMessage.Chunk message, Map<ValidatorId, PeerMessage.Status> peers) {
    if (assembly.isEmpty() || message.height() != height) {
      return Optional.empty();
    }
    StateChunk chunk = message.chunk();
    if (!assembly.get().supply(chunk)) {
      out.misbehaved(from, "sent a chunk that the manifest does not name");
      return Optional.empty();
    }
    source = List.of(from);
    tries = 0;
    Optional<LedgerState> whole = assembly.get().ledger();
    if (whole.isEmpty() && assembly.get().missing().size() % IN_FLIGHT == 0) {
      ask(peers);
    }
    running = whole.isEmpty();
    return whole;
  }

  List<RosterChange> changes() {
    return changes;
  }
}
