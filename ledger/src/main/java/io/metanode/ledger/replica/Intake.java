package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on their way to the mempool: from clients, from gossip, and fetched for proposals.
 * Each is handed out for verification once; whoever else submits it meanwhile hears that it is a
 * duplicate, as a moment later. What came from a client is gossiped when its signature was found to
 * hold, in batches, and by nobody else, but for peers whose links come up.
 */
final class Intake {

  /** The most bytes of transactions in a message of gossip. */
  static final int BATCH_BYTES = 1 << 20;

  private static final int MOST_INTRODUCED = 4_096;

  private final Mempool pool;
  private final ProposalGate gate;
  private final int most;
  private final Outbox out;
  private final Map<TransactionId, Pending> verifying = new HashMap<>();

  Intake(Mempool pool, ProposalGate gate, int most, Outbox out) {
    this.pool = pool;
    this.gate = gate;
    this.most = most;
    this.out = out;
  }

  /** A client's request, of which some answers are still to come. */
  private static final class Request {
    private final long number;
    private final Admission[] answers;
    private int open;

    Request(long number, int size) {
      this.number = number;
      answers = new Admission[size];
      open = size;
    }

    void answer(int index, Admission admission, Outbox out) {
      answers[index] = admission;
      if (--open == 0) {
        out.add(new ReplicaEffect.Answer(number, List.copyOf(Arrays.asList(answers))));
      }
    }
  }

  private record Place(Request request, int index) {}

  /** A transaction whose signature is being checked: who brought it, and who waits for it. */
  private static final class Pending {
    private final Optional<ValidatorId> from;
    private final List<Place> waiting = new ArrayList<>(1);

    Pending(Optional<ValidatorId> from) {
      this.from = from;
    }
  }

  boolean isVerifying(TransactionId id) {
    return verifying.containsKey(id);
  }

  void submitted(long number, List<Transaction> transactions) {
    if (transactions.isEmpty()) {
      out.add(new ReplicaEffect.Answer(number, List.of()));
      return;
    }
    Request request = new Request(number, transactions.size());
    List<Transaction> fresh = new ArrayList<>(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      Transaction transaction = transactions.get(i);
      Pending pending = verifying.get(transaction.id());
      if (pending != null) {
        pending.waiting.add(new Place(request, i));
        continue;
      }
      Admission admission = admission(transaction);
      if (admission.isAccepted()) {
        Pending started = new Pending(Optional.empty());
        started.waiting.add(new Place(request, i));
        verifying.put(transaction.id(), started);
        fresh.add(transaction);
      } else {
        request.answer(i, admission, out);
      }
    }
    verify(fresh);
  }

  private Admission admission(Transaction transaction) {
    return verifying.size() >= most ? Admission.OVERLOADED : pool.precheck(transaction);
  }

  /** Gossip, or the answer to a fetch. */
  void received(ValidatorId from, List<Transaction> transactions) {
    List<Transaction> fresh = new ArrayList<>(transactions.size());
    for (Transaction transaction : transactions) {
      if (!verifying.containsKey(transaction.id())
          && (gate.wants(transaction.id()) || admission(transaction).isAccepted())) {
        verifying.put(transaction.id(), new Pending(Optional.of(from)));
        fresh.add(transaction);
      }
    }
    verify(fresh);
  }

  /**
   * Tells a peer whose link came up of what waits here and goes first: gossip may have missed it.
   */
  void introduce(ValidatorId peer) {
    Batches batches = new Batches(out, Optional.of(peer));
    pool.select(MOST_INTRODUCED, BATCH_BYTES)
        .forEach(waiting -> batches.add(waiting.transaction()));
    batches.flush();
  }

  private void verify(List<Transaction> fresh) {
    if (!fresh.isEmpty()) {
      out.add(new ReplicaEffect.Verify(fresh));
    }
  }

  void verified(List<VerifiedTransaction> verified, List<TransactionId> refused) {
    Batches gossip = new Batches(out);
    for (VerifiedTransaction transaction : verified) {
      Pending pending = verifying.remove(transaction.id());
      gate.supply(transaction);
      Admission admission = pool.add(transaction);
      if (pending != null && pending.from.isEmpty() && admission.isAccepted()) {
        gossip.add(transaction.transaction());
      }
      answer(pending, admission);
    }
    gossip.flush();
    for (TransactionId id : refused) {
      Pending pending = verifying.remove(id);
      if (pending != null) {
        pending.from.ifPresent(peer -> out.misbehaved(peer, "sent a bad signature: " + id));
      }
      answer(pending, Admission.BAD_SIGNATURE);
    }
  }

  private void answer(@Nullable Pending pending, Admission admission) {
    if (pending == null) {
      return;
    }
    boolean first = pending.from.isEmpty();
    for (Place place : pending.waiting) {
      Admission said = first || !admission.isAccepted() ? admission : Admission.DUPLICATE;
      place.request().answer(place.index(), said, out);
      first = false;
    }
  }

  /** Cuts transactions into messages of bounded length. */
  static final class Batches {
    private final Outbox out;
    private final Optional<ValidatorId> to;
    private List<Transaction> batch = new ArrayList<>();
    private int bytes;

    /** To every peer. */
    Batches(Outbox out) {
      this(out, Optional.empty());
    }

    Batches(Outbox out, Optional<ValidatorId> to) {
      this.out = out;
      this.to = to;
    }

    void add(Transaction transaction) {
      if (bytes + transaction.length() > BATCH_BYTES) {
        flush();
      }
      batch.add(transaction);
      bytes += transaction.length();
    }

    void flush() {
      if (batch.isEmpty()) {
        return;
      }
      PeerMessage message = new PeerMessage.Transactions(batch);
      to.ifPresentOrElse(peer -> out.send(peer, message), () -> out.broadcast(message));
      batch = new ArrayList<>();
      bytes = 0;
    }
  }
}
