package io.metanode.ledger.replica;

import io.metanode.foundation.Digest;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.PreparedCertificate;
import io.metanode.ledger.mempool.Assembly;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Holds back messages that propose a block, or prove that one was prepared, until all transactions
 * of the block are here. So whoever votes for a block has it, and so has whoever may have to
 * propose it again. An author fills two places, one for each kind of message: the newer takes it.
 */
final class ProposalGate {

  /** How long transactions that are on their way may take before they are asked for. */
  static final long GRACE_MILLIS = 15;

  private record Place(ValidatorId author, byte kind) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byAuthor = author.compareTo(other.author);
      return byAuthor != 0 ? byAuthor : Byte.compare(kind, other.kind);
    }
  }

  private record Held(Message message, Digest block, Assembly assembly, Set<ValidatorId> asked) {}

  private final ChainRules rules;
  private final Mempool pool;
  private final Outbox out;
  private final Map<Digest, Block> complete = new HashMap<>();
  private final Map<Place, Held> held = new TreeMap<>();

  ProposalGate(ChainRules rules, Mempool pool, Outbox out) {
    this.rules = rules;
    this.pool = pool;
    this.out = out;
  }

  /** Forgets the height that was decided. */
  void decided() {
    complete.clear();
    held.clear();
    out.stop(Timer.Kind.FETCH);
  }

  /** A block of which all transactions are here. */
  void put(Block block) {
    complete.put(block.id().digest(), block);
  }

  Optional<Block> block(Digest id) {
    return Optional.ofNullable(complete.get(id));
  }

  /** Whether a message needs no transactions, so that it will be admitted. */
  boolean isFree(Message message) {
    return proposal(message).isEmpty();
  }

  /**
   * Whether an authentic message of the current height may go on. If not, it is kept until {@link
   * #released}.
   */
  boolean admits(Message message) {
    Optional<Proposal> proposal = proposal(message);
    if (proposal.isEmpty() || complete.containsKey(proposal.get().digest())) {
      return true;
    }
    Optional<CompactBlock> compact = rules.read(proposal.get());
    if (compact.isEmpty()) {
      return true;
    }
    Assembly assembly = new Assembly(compact.get(), pool::find);
    if (assembly.missing().isEmpty()) {
      put(assembly.block().orElseThrow());
      return true;
    }
    Place place = new Place(message.author(), message.signed().payload().kind());
    held.put(place, new Held(message, proposal.get().digest(), assembly, new TreeSet<>()));
    if (!out.isRunning(Timer.Kind.FETCH)) {
      out.start(Timer.Kind.FETCH, GRACE_MILLIS);
    }
    return false;
  }

  private static Optional<Proposal> proposal(Message message) {
    return switch (message) {
      case Message.ProposalMessage m -> Optional.of(m.proposal());
      case Message.RoundChangeMessage m -> m.certificate().map(PreparedCertificate::proposal);
      case Message.PrepareMessage _, Message.CommitMessage _ -> Optional.empty();
    };
  }

  boolean wants(TransactionId id) {
    for (Held waiting : held.values()) {
      if (waiting.assembly().missing().contains(id)) {
        return true;
      }
    }
    return false;
  }

  void supply(VerifiedTransaction transaction) {
    for (Held waiting : held.values()) {
      waiting.assembly().supply(transaction);
    }
  }

  /** The messages that waited for transactions and no longer do. */
  List<Message> released() {
    List<Message> released = new ArrayList<>();
    held.values()
        .removeIf(
            waiting -> {
              Optional<Block> block = block(waiting.block()).or(() -> waiting.assembly().block());
              block.ifPresent(this::put);
              block.ifPresent(_ -> released.add(waiting.message()));
              return block.isPresent();
            });
    return released;
  }

  /**
   * Asks for what is still missing: the author of a message first, then others, one after another.
   *
   * @param peers who may be asked
   * @param coming what is here, but not verified yet
   */
  void fetch(List<ValidatorId> peers, Predicate<TransactionId> coming, long retryMillis) {
    for (Held waiting : held.values()) {
      List<TransactionId> ids =
          waiting.assembly().missing().stream().filter(coming.negate()).toList();
      if (!ids.isEmpty()) {
        out.send(next(waiting, peers), new PeerMessage.WantTransactions(ids));
      }
    }
    if (!held.isEmpty()) {
      out.start(Timer.Kind.FETCH, retryMillis);
    }
  }

  private static ValidatorId next(Held waiting, List<ValidatorId> peers) {
    ValidatorId author = waiting.message().author();
    if (waiting.asked().size() > peers.size()) {
      waiting.asked().clear();
    }
    if (waiting.asked().add(author)) {
      return author;
    }
    for (ValidatorId peer : peers) {
      if (waiting.asked().add(peer)) {
        return peer;
      }
    }
    waiting.asked().clear();
    return author;
  }

  /** Answers a peer that fetches. */
  void answer(ValidatorId peer, List<TransactionId> ids) {
    Intake.Batches batches = new Intake.Batches(out, Optional.of(peer));
    Map<TransactionId, Transaction> inBlocks = new HashMap<>();
    complete.values().forEach(b -> b.transactions().forEach(t -> inBlocks.put(t.id(), t)));
    for (TransactionId id : ids) {
      pool.find(id)
          .map(VerifiedTransaction::transaction)
          .or(() -> Optional.ofNullable(inBlocks.get(id)))
          .ifPresent(batches::add);
    }
    batches.flush();
  }
}
