package io.metanode.simulation;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.replica.PeerMessage;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SupplyAudit;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches what honest replicas send, decide and keep, from outside. Remembers the first thing that
 * must not happen.
 */
final class ReplicaAuditor {

  private record Vote(ValidatorId author, byte kind, Height height, Round round) {}

  private final Genesis genesis;
  private final Set<ValidatorId> honest;
  private final Map<Long, Block> blocks = new HashMap<>();
  private final Map<Long, Bytes32> roots = new HashMap<>();
  private final Map<Long, ValidatorSet> sets = new HashMap<>();
  private final Map<Integer, Long> announced = new HashMap<>();
  private final Map<Vote, Object> votes = new HashMap<>();
  private final Set<TransactionId> decided = new HashSet<>();
  private Optional<String> violation = Optional.empty();
  private long highest;
  private long evidence;

  ReplicaAuditor(Genesis genesis, Set<ValidatorId> honest) {
    this.genesis = genesis;
    this.honest = honest;
    roots.put(0L, genesis.state().root());
    ValidatorSet first = genesis.validators().set();
    sets.put(1L, first);
    sets.put(2L, first);
  }

  Optional<String> violation() {
    return violation;
  }

  long heights() {
    return highest;
  }

  int transactions() {
    return decided.size();
  }

  /** How many blocks convicted somebody. */
  long evidence() {
    return evidence;
  }

  boolean isDecided(TransactionId id) {
    return decided.contains(id);
  }

  private void check(boolean holds, String property, Object detail) {
    if (!holds && violation.isEmpty()) {
      violation = Optional.of(property + ": " + detail);
    }
  }

  void stuck(String where) {
    check(false, "liveness", where);
  }

  void failed(int node, Exception e) {
    String at = Arrays.stream(e.getStackTrace()).limit(6).toList().toString();
    check(false, "failure", node + " " + e + " " + at);
  }

  void accused(int by, ValidatorId peer, String reason) {
    check(!honest.contains(peer), "honest peer accused", by + " says that " + peer + " " + reason);
  }

  void wiped(int node) {
    announced.remove(node);
  }

  /** A replica opened its disks: what it announced before must be there. */
  void started(int node, Chain chain) {
    long before = announced.getOrDefault(node, 0L);
    check(chain.height() >= before, "lost block", node + " announced " + before);
    unannounced(node, chain);
    sameState(node, chain.ledger());
  }

  private void sameState(int node, LedgerState ledger) {
    long height = ledger.head().height();
    Bytes32 root = roots.get(height);
    check(root == null || root.equals(ledger.state().root()), "state root", node + " at " + height);
    Block block = blocks.get(height);
    check(block == null || block.id().equals(ledger.head().id()), "head", node + " at " + height);
  }

  /** An honest replica says that a block is final. */
  void decided(int node, SealedBlock sealed, Chain chain) {
    Block block = sealed.block();
    long height = block.header().height();
    check(chain.height() >= height, "announced before it was applied", node);
    announced.merge(node, height, Math::max);
    unannounced(node, chain);
    Block before = blocks.putIfAbsent(height, block);
    check(before == null || before.id().equals(block.id()), "agreement", node + " at " + height);
    sealedByQuorum(node, sealed);
    chain.ledger(height).ifPresent(ledger -> sameState(node, ledger));
  }

  /** A block may be on disk, and final, whose maker crashed before it said so. */
  private void unannounced(int node, Chain chain) {
    while (highest < chain.height()) {
      try {
        Optional<SealedBlock> next = chain.block(highest + 1);
        if (next.isEmpty()) {
          check(false, "hole", node + " has no block " + (highest + 1));
          return;
        }
        sealedByQuorum(node, next.get());
        blocks.put(highest + 1, next.get().block());
        first(node, next.get().block(), chain);
      } catch (IOException e) {
        failed(node, e);
        return;
      }
    }
  }

  private void first(int node, Block block, Chain chain) {
    long height = block.header().height();
    check(height == highest + 1, "order", node + " decided " + height + " after " + highest);
    highest = Math.max(highest, height);
    Block parent = blocks.get(height - 1);
    check(parent == null || block.header().parent().equals(parent.id()), "parent", block.header());
    Bytes32 prior = roots.get(height - 1);
    check(
        prior == null || block.header().prior().stateRoot().equals(prior),
        "validity: state root",
        node + " at " + height);
    for (Transaction transaction : block.transactions()) {
      check(Money.holds(transaction), "validity: signature", transaction);
      decided.add(transaction.id());
    }
    evidence += block.body().evidence().size();
    chain.ledger(height).ifPresent(this::learn);
  }

  private void learn(LedgerState ledger) {
    long height = ledger.head().height();
    roots.put(height, ledger.state().root());
    for (long next = height + 1; next <= height + 2; next++) {
      ValidatorSet planned = AssetMachine.plan(ledger.state()).at(next).set();
      ValidatorSet known = sets.putIfAbsent(next, planned);
      check(known == null || known.equals(planned), "validators changed late", next);
    }
    try {
      SupplyAudit.check(ledger.state());
    } catch (IllegalStateException e) {
      check(false, "conservation", e);
    }
  }

  private void sealedByQuorum(int node, SealedBlock sealed) {
    long height = sealed.block().header().height();
    ValidatorSet set = sets.get(height);
    if (set == null) {
      return;
    }
    try {
      CommitCertificate certificate =
          BlockSeal.decode(sealed.certificate()).certificate(sealed.block().header());
      List<Validator> signers = certificate.signers().signers(set).orElse(List.of());
      byte[] bytes =
          CommitCertificate.sealed(
              genesis.id(), new Height(height), certificate.round(), certificate.digest());
      check(
          signers.size() * 3 >= set.size() * 2
              && Cast.instance().allSealed(signers, bytes, certificate.aggregate()),
          "certificate",
          node + " at " + height);
    } catch (DecodingException e) {
      check(false, "certificate", node + " " + e.getMessage());
    }
  }

  /** An honest replica sent a message to all. */
  void sent(ValidatorId author, PeerMessage message) {
    if (message instanceof PeerMessage.Consensus(var bytes)) {
      Message decoded = MessageCodec.decode(bytes.toArray()).orElseThrow();
      check(decoded.author().equals(author), "authorship", author);
      Payload payload = decoded.signed().payload();
      Vote vote = new Vote(author, payload.kind(), payload.height(), payload.round());
      Object before = votes.putIfAbsent(vote, meaning(payload));
      check(before == null || before.equals(meaning(payload)), "self-contradiction", vote);
    } else if (message instanceof PeerMessage.Evidence(var piece)) {
      Bytes32 key = Bytes32.of(Arrays.copyOf(piece.toArray(), Bytes32.LENGTH));
      check(
          honest.stream().noneMatch(id -> Arrays.equals(Cast.key(id), key.bytes())),
          "honest validator accused",
          key);
    }
  }

  private static Object meaning(Payload payload) {
    return switch (payload) {
      case Payload.ProposalPayload p -> p.digest();
      case Payload.PreparePayload p -> p.digest();
      case Payload.CommitPayload p -> p.digest();
      case Payload.RoundChangePayload p -> p.prepared();
    };
  }
}
