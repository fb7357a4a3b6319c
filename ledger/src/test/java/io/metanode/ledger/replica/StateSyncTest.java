package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Digest;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.state.LedgerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A snapshot is asked for until it is whole, or until nobody has it any more. */
final class StateSyncTest {

  private static final int BITS = 2;
  private static final int PEERS = 8;

  private final TestChain chain = new TestChain(1, 8, 4);
  private final Map<ValidatorId, PeerMessage.Status> peers = new TreeMap<>();
  private final Outbox out = new Outbox();
  private final StateSync sync =
      new StateSync(
          new LightClient(chain.genesis.digest(), 0, chain.genesis.validators()), out, 100);

  @BeforeEach
  void know() {
    for (int i = 0; i < PEERS; i++) {
      peers.put(new ValidatorId(new Digest(("0" + i).repeat(32))), new PeerMessage.Status(9, 8));
    }
  }

  private SnapshotOffer offer() {
    chain.advance(chain.transfer(0, 1, 5));
    LedgerState ledger = chain.ledger;
    SealedBlock after = chain.advance();
    return SnapshotOffer.of(ledger, after, List.of(), BITS);
  }

  private List<ReplicaEffect.Send> sent() {
    List<ReplicaEffect.Send> sent = new ArrayList<>();
    for (ReplicaEffect effect : out.take()) {
      if (effect instanceof ReplicaEffect.Send send) {
        sent.add(send);
      }
    }
    return sent;
  }

  /** How many snapshots it asks for when it tries again after it gave up. */
  private long wantedAfterGivingUp() {
    while (sync.ask(peers)) {
      sent();
    }
    assertFalse(sync.isRunning());
    sync.renew();
    assertTrue(sync.ask(peers));
    return sent().stream()
        .filter(send -> send.message() instanceof PeerMessage.WantSnapshot)
        .count();
  }

  @Test
  void whatNobodyHasAnyMoreIsForgotten() {
    assertTrue(sync.ask(peers));
    ValidatorId source = sent().getFirst().to();
    sync.offered(source, offer(), 0, peers);
    assertTrue(sent().stream().allMatch(s -> s.message() instanceof PeerMessage.WantChunk));
    assertEquals(1, wantedAfterGivingUp());
    sync.offered(source, offer(), 0, peers);
    assertTrue(sent().stream().anyMatch(s -> s.message() instanceof PeerMessage.WantChunk));
  }

  /** Whatever the numbers of chunks and peers have in common. */
  @Test
  void everyChunkIsAskedOfEveryPeer() {
    assertTrue(sync.ask(peers));
    sync.offered(sent().getFirst().to(), offer(), 0, peers);
    Map<Integer, Set<ValidatorId>> asked = new TreeMap<>();
    for (int i = 0; i <= PEERS; i++) {
      for (ReplicaEffect.Send send : sent()) {
        if (send.message() instanceof PeerMessage.WantChunk want) {
          asked.computeIfAbsent(want.index(), _ -> new HashSet<>()).add(send.to());
        }
      }
      assertTrue(sync.ask(peers));
    }
    assertEquals(1 << BITS, asked.size());
    asked.values().forEach(whom -> assertEquals(peers.keySet(), whom));
  }
}
