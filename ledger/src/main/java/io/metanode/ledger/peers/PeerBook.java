package io.metanode.ledger.peers;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Which keys are peers, and what each has done so far. Safe for use by many threads. */
final class PeerBook {

  private static final long FIRST_BAN_NANOS = 1_000_000_000L;
  private static final int DOUBLINGS = 6;

  private final PeerLimits limits;
  private final Map<ValidatorId, Semaphore> credits = new ConcurrentHashMap<>();
  private final Map<ValidatorId, Ban> bans = new ConcurrentHashMap<>();
  private volatile Set<Ed25519PublicKey> known = Set.of();

  private record Ban(int strikes, long untilNanos) {}

  PeerBook(PeerLimits limits) {
    this.limits = limits;
  }

  void know(Set<Ed25519PublicKey> peers) {
    known = Set.copyOf(peers);
  }

  boolean knows(Ed25519PublicKey key) {
    return known.contains(key);
  }

  boolean knows(ValidatorId id) {
    return known.stream().anyMatch(key -> new ValidatorId(key.id()).equals(id));
  }

  /** What a peer may have waiting here: the same for all its links, however often it comes back. */
  Semaphore credit(ValidatorId peer) {
    return credits.computeIfAbsent(
        peer, _ -> new Semaphore((int) Math.min(Integer.MAX_VALUE, limits.unprocessed())));
  }

  /** A peer broke the protocol: it is not talked to for a while, longer each time. */
  void strike(ValidatorId peer, long nowNanos) {
    bans.compute(
        peer,
        (_, before) -> {
          int strikes = before == null ? 0 : Math.min(before.strikes() + 1, DOUBLINGS);
          return new Ban(strikes, nowNanos + (FIRST_BAN_NANOS << strikes));
        });
  }

  boolean banned(ValidatorId peer, long nowNanos) {
    Ban ban = bans.get(peer);
    return ban != null && nowNanos - ban.untilNanos() < 0;
  }
}
