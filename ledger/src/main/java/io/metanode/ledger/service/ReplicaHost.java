package io.metanode.ledger.service;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.peers.Frame;
import io.metanode.ledger.peers.Lane;
import io.metanode.ledger.peers.PeerEvents;
import io.metanode.ledger.peers.Received;
import io.metanode.ledger.replica.PeerMessage;
import io.metanode.ledger.replica.PeerMessageCodec;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.replica.ReplicaEffect;
import io.metanode.ledger.replica.ReplicaEvent;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a replica: one thread hands it events and carries its effects out. Whatever else there is to
 * do (timers, signatures, links, clients) happens on other threads and comes back as events. A
 * replica that fails is not used again: the host stops, and says why.
 */
public final class ReplicaHost implements PeerEvents, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ReplicaHost.class.getName());

  /** Transactions of clients that may wait for an answer. */
  private static final int MOST_OPEN = 50_000;

  /** Events other than votes that are handled between two looks for votes. */
  private static final int MOST_AT_ONCE = 16;

  private final Replica replica;
  private final EventQueue queue = new EventQueue();
  private final Timers timers = new Timers();
  private final Verification verification;
  private final Submissions submissions = new Submissions(MOST_OPEN);
  private final Decisions decisions = new Decisions();
  private final HostMeter meter = new HostMeter();
  private final Thread thread;
  private volatile Outlet outlet = Outlet.NONE;
  private volatile BiConsumer<SealedBlock, List<TransactionResult>> decided = (_, _) -> {};
  private volatile @Nullable Exception failure;

  /** Where messages to peers go. None of the calls may block. */
  public interface Outlet {

    /** Without peers. */
    Outlet NONE =
        new Outlet() {
          @Override
          public void send(ValidatorId to, Frame frame) {}

          @Override
          public void broadcast(Frame frame) {}

          @Override
          public void refuse(ValidatorId peer, String reason) {}
        };

    void send(ValidatorId to, Frame frame);

    void broadcast(Frame frame);

    void refuse(ValidatorId peer, String reason);
  }

  /**
   * @param replica opened, not started
   * @param processors how many threads check signatures
   */
  public ReplicaHost(Replica replica, int processors) {
    this.replica = replica;
    this.verification = new Verification(processors);
    this.thread = Thread.ofPlatform().name("ledger-consensus").unstarted(this::run);
  }

  /**
   * Starts the replica.
   *
   * @param peers where messages go
   * @param onDecided told of each block on the consensus thread, which it must not hold up
   */
  public void start(Outlet peers, BiConsumer<SealedBlock, List<TransactionResult>> onDecided) {
    outlet = peers;
    decided = onDecided;
    thread.start();
  }

  private void run() {
    try {
      carryOut(replica.start());
      List<EventQueue.Entry> entries = queue.take(MOST_AT_ONCE);
      while (!entries.isEmpty()) {
        carryOut(replica.handle(entries.stream().map(EventQueue.Entry::event).toList()));
        entries.forEach(entry -> entry.handled().run());
        meter.handled(entries.size(), replica.waiting());
        entries = queue.take(MOST_AT_ONCE);
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "the consensus thread is interrupted");
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } finally {
      timers.close();
      submissions.fail(new IOException("the ledger is stopping"));
      close(replica);
    }
  }

  private void fail(Throwable reason) {
    LOG.log(System.Logger.Level.ERROR, "the ledger stops", reason);
    String what = reason instanceof IOException ? reason.getMessage() : reason.toString();
    failure =
        new IOException(
            "the ledger stopped: "
                + what
                + "; what was final is safe: see to the cause and start the validator again",
            reason);
    queue.close();
  }

  private static void close(Replica replica) {
    try {
      replica.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "closing the ledger's files", e);
    }
  }

  private void carryOut(List<ReplicaEffect> effects) {
    for (ReplicaEffect effect : effects) {
      switch (effect) {
        case ReplicaEffect.Send e -> outlet.send(e.to(), frame(e.message(), Lane.SYNC));
        case ReplicaEffect.Broadcast e -> outlet.broadcast(frame(e.message(), Lane.GOSSIP));
        case ReplicaEffect.StartTimer e ->
            timers.start(e, timer -> queue.urgent(new ReplicaEvent.Expired(timer), () -> {}));
        case ReplicaEffect.Verify e ->
            verification.verify(
                e.transactions(),
                (verified, refused) ->
                    queue.add(new ReplicaEvent.Verified(verified, refused), () -> {}));
        case ReplicaEffect.Answer e -> submissions.answer(e.request(), e.admissions());
        case ReplicaEffect.Decided e -> {
          meter.decided(e.results().size());
          decisions.decided(e.block().block().header().height(), e.results());
          decided.accept(e.block(), e.results());
        }
        case ReplicaEffect.Misbehaved e -> outlet.refuse(e.peer(), e.reason());
      }
    }
  }

  /**
   * @param bulk the lane of transactions: those a peer asked for are wanted sooner than gossip
   */
  private static Frame frame(PeerMessage message, Lane bulk) {
    Lane lane =
        switch (message) {
          case PeerMessage.Consensus _,
              PeerMessage.Evidence _,
              PeerMessage.WantTransactions _,
              PeerMessage.Status _ ->
              Lane.CONSENSUS;
          case PeerMessage.Transactions _ -> bulk;
          default -> Lane.SYNC;
        };
    return new Frame(lane, PeerMessageCodec.encode(message).toArray());
  }

  @Override
  public void received(Received received) {
    PeerMessage message;
    try {
      message = PeerMessageCodec.decode(Bytes.of(received.frame().payload()));
    } catch (DecodingException e) {
      received.processed().run();
      outlet.refuse(received.from(), "sent what is no message: " + e.getMessage());
      return;
    }
    ReplicaEvent event = new ReplicaEvent.Received(received.from(), message);
    if (received.frame().lane() == Lane.CONSENSUS) {
      queue.urgent(event, received.processed());
    } else {
      queue.add(event, received.processed());
    }
  }

  @Override
  public void connected(ValidatorId peer) {
    queue.urgent(new ReplicaEvent.Connected(peer), () -> {});
  }

  @Override
  public void disconnected(ValidatorId peer) {
    LOG.log(System.Logger.Level.INFO, "peer {0} is gone", peer);
  }

  /** Offers transactions; empty if too many wait already: try again later. */
  public Optional<CompletableFuture<List<Admission>>> submit(List<Transaction> transactions) {
    Exception reason = failure;
    if (reason != null || !thread.isAlive()) {
      return Optional.of(
          CompletableFuture.failedFuture(
              reason == null ? new IOException("the ledger is not running") : reason));
    }
    Optional<Submissions.Request> request = submissions.open(transactions.size());
    request.ifPresent(
        open -> queue.add(new ReplicaEvent.Submitted(open.number(), transactions), () -> {}));
    return request.map(Submissions.Request::answer);
  }

  Decisions.Wait await(Collection<TransactionId> ids) {
    return decisions.await(ids);
  }

  void forget(Decisions.Wait wait, Collection<TransactionId> ids) {
    decisions.forget(wait, ids);
  }

  /** The blocks and the state. */
  public Chain chain() {
    return replica.chain();
  }

  /** Why it stopped; empty if it did not fail. */
  public Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  public HostFigures figures() {
    return meter.figures(queue.size(), verification.checks());
  }

  /** Handles what it is at, makes it durable and stops. */
  @Override
  public void close() {
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    verification.close();
    timers.close();
  }
}
