package io.metanode.ledger.replica;

import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.store.Chain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fetches the blocks that others decided: ranges of heights, each from another peer, a bounded
 * number at a time. What arrives is kept until its turn comes; its certificate is checked then.
 */
final class CatchUp {

  private static final int RANGE = 32;
  private static final int RANGES = 4;
  private static final int ANSWER_BYTES = 4 << 20;

  /** Rounds of asking without a block, after which nobody is taken to have it. */
  private static final int FRUITLESS = 8;

  /** A block that arrived ahead of its turn. */
  record Arrived(ValidatorId from, SealedBlock block) {}

  private final Chain chain;
  private final Outbox out;
  private final long retryMillis;
  private final Map<ValidatorId, PeerMessage.Status> peers = new TreeMap<>();
  private final TreeMap<Long, Arrived> arrived = new TreeMap<>();
  private final Map<Long, ValidatorId> asked = new HashMap<>();
  private int turn;
  private long lastTick = -1;
  private long lastExpired = -1;
  private int fruitless;

  CatchUp(Chain chain, Outbox out, long retryMillis) {
    this.chain = chain;
    this.out = out;
    this.retryMillis = retryMillis;
  }

  /** The highest block that a peer says it has. */
  long target() {
    return peers.values().stream().mapToLong(PeerMessage.Status::height).max().orElse(0);
  }

  Map<ValidatorId, PeerMessage.Status> peers() {
    return peers;
  }

  void status(ValidatorId peer, PeerMessage.Status status) {
    peers.put(peer, status);
    asked.values().removeIf(one -> one.equals(peer) && status.first() > chain.height() + 1);
  }

  /**
   * Whether the next block is gone everywhere, as {@code least} peers with later ones say: only a
   * snapshot can help. Nobody is waited for who says to have it and does not give it.
   */
  boolean isStranded(int least) {
    long next = chain.height() + 1;
    List<PeerMessage.Status> ahead =
        peers.values().stream().filter(status -> status.height() >= next).toList();
    long pruned = ahead.stream().filter(status -> status.first() > next).count();
    return pruned >= least && (pruned == ahead.size() || fruitless >= FRUITLESS);
  }

  /** A validator sent a message of this height, so it has the blocks before. */
  void seen(ValidatorId peer, long height) {
    PeerMessage.Status known = peers.getOrDefault(peer, new PeerMessage.Status(0, 0));
    if (height - 1 > known.height()) {
      status(peer, new PeerMessage.Status(height - 1, known.first()));
    }
  }

  /** From time to time: being one block behind is no lag, unless it lasts. */
  void tick() {
    if (lastTick == chain.height() && target() > lastTick) {
      ask();
    }
    lastTick = chain.height();
  }

  /** Nothing came for a while: whom we asked does not count. */
  void expired() {
    fruitless = lastExpired == chain.height() ? fruitless + 1 : 0;
    lastExpired = chain.height();
    asked.clear();
    turn++;
    if (target() > chain.height()) {
      ask();
    }
  }

  private void ask() {
    long next = chain.height() + 1;
    asked.keySet().removeIf(from -> from + RANGE <= next);
    long end = Math.min(target(), next + (long) RANGE * RANGES - 1);
    for (long from = next; asked.size() < RANGES && from <= end; from += RANGE) {
      long start = from;
      while (arrived.containsKey(start) && start < from + RANGE) {
        start++;
      }
      if (start < from + RANGE && !covered(start)) {
        ask(start);
      }
    }
    if (!out.isRunning(Timer.Kind.SYNC)) {
      out.start(Timer.Kind.SYNC, retryMillis);
    }
  }

  private boolean covered(long height) {
    return asked.keySet().stream().anyMatch(from -> from <= height && height < from + RANGE);
  }

  private void ask(long from) {
    List<ValidatorId> able = new ArrayList<>();
    peers.forEach(
        (peer, status) -> {
          if (status.height() >= from && status.first() <= from) {
            able.add(peer);
          }
        });
    if (!able.isEmpty()) {
      ValidatorId peer = able.get(Math.floorMod(turn++, able.size()));
      asked.put(from, peer);
      out.send(peer, new PeerMessage.WantBlocks(from, RANGE));
    }
  }

  /** Takes blocks that may be of use. */
  void take(ValidatorId from, List<SealedBlock> blocks) {
    long most = chain.height() + (long) RANGE * RANGES;
    for (SealedBlock block : blocks) {
      long height = block.block().header().height();
      if (height > chain.height() && height <= most) {
        arrived.putIfAbsent(height, new Arrived(from, block));
      }
    }
    if (!blocks.isEmpty()) {
      asked.values().remove(from);
    }
  }

  /** The block whose turn it is. */
  Optional<Arrived> next() {
    return Optional.ofNullable(arrived.get(chain.height() + 1));
  }

  /** The block did not hold: someone else is to be asked for it. */
  void reject(Arrived block) {
    arrived.remove(block.block().block().header().height());
    peers.remove(block.from());
  }

  /** A height was decided. */
  void decided() {
    arrived.headMap(chain.height(), true).clear();
    if (chain.height() >= target()) {
      asked.clear();
      out.stop(Timer.Kind.SYNC);
    }
  }

  /** Blocks were taken: there may be room to ask for more. */
  void goOn() {
    if (target() > chain.height() + 1) {
      ask();
    }
  }

  /** Answers a peer that lags; one that wants blocks that are not here hears which are. */
  void answer(ValidatorId peer, long from, int count) throws IOException {
    List<SealedBlock> blocks = new ArrayList<>();
    int bytes = 0;
    for (long h = from; h < from + Math.min(count, RANGE) && bytes < ANSWER_BYTES; h++) {
      Optional<SealedBlock> block = chain.block(h);
      if (block.isEmpty()) {
        break;
      }
      blocks.add(block.get());
      bytes += block.get().block().transactions().stream().mapToInt(t -> t.length()).sum();
    }
    out.send(
        peer,
        blocks.isEmpty()
            ? new PeerMessage.Status(chain.height(), chain.first())
            : new PeerMessage.Blocks(blocks));
  }
}
