package io.metanode.containers.operation;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Clock;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.policy.Request;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Runs operations under policy and receipt. No receipt, no operation: room for the receipt is
 * reserved before the work begins, and success is reported only once the receipt is durable.
 */
public final class Operations {

  /** The work of an operation. */
  @FunctionalInterface
  public interface Work<T> {
    Done<T> run() throws ApiException, IOException;
  }

  /** A request that leads to an operation, unless it fails before. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws ApiException, IOException;
  }

  /** The rule a receipt names where a request failed before there was anything to decide on. */
  public static final String UNASKED = "unasked";

  /** Whether the attempt this thread is in has come as far as an operation. */
  private static final ScopedValue<AtomicBoolean> BEGUN = ScopedValue.newInstance();

  private final Policy policy;
  private final ReceiptSink receipts;
  private final Clock clock;

  /** Waits for so long. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration delay);
  }

  private final Pause pause;

  public Operations(Policy policy, ReceiptSink receipts, Clock clock) {
    this(policy, receipts, clock, delay -> pause(clock, delay));
  }

  /**
   * @param pause how an operation that the policy slows down waits
   */
  public Operations(Policy policy, ReceiptSink receipts, Clock clock, Pause pause) {
    this.policy = policy;
    this.receipts = receipts;
    this.clock = clock;
    this.pause = pause;
  }

  private static void pause(Clock clock, Duration delay) {
    long until = clock.monotonicNanos() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = until - clock.monotonicNanos()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Asks the policy, does the work, and returns once the receipt is durable.
   *
   * @param subjects what the operation is about, for the receipt of a refusal or failure
   * @throws ApiException 403 if the policy refuses, 500 if no receipt can be written, or what the
   *     work throws
   */
  public <T> T perform(Operation operation, List<Subject> subjects, Work<T> work)
      throws ApiException, IOException {
    Ticket ticket = begin(operation, subjects);
    Done<T> done;
    try {
      done = work.run();
    } catch (ApiException | IOException | RuntimeException e) {
      awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    awaitDurable(ticket.done(done));
    return done.value();
  }

  /**
   * Runs a request that asks for an operation. If it fails before the operation has begun, as where
   * no container has the name, the failure is receipted nonetheless, under the rule {@link
   * #UNASKED}.
   *
   * @param asked the operation as far as the request alone tells it
   */
  public void attempt(Operation asked, Attempt attempt) throws ApiException, IOException {
    AtomicBoolean begun = new AtomicBoolean();
    Instant startedAt = clock.now();
    try {
      ScopedValue.where(BEGUN, begun)
          .<Object, Exception>call(
              () -> {
                attempt.run();
                return begun;
              });
    } catch (ApiException | IOException | RuntimeException e) {
      if (!begun.get()) {
        Decision none = new Decision(Decision.Effect.DENY, UNASKED, decide(asked).policy(), "");
        Ticket ticket = new Ticket(asked, List.of(), none, startedAt, reserve(asked));
        awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      }
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an attempt throws nothing else", e);
    }
  }

  /**
   * Asks the policy and reserves the receipt; the caller does the work, ends the ticket, and waits
   * for durability where its client must.
   */
  public Ticket begin(Operation operation, List<Subject> subjects) throws ApiException {
    if (BEGUN.isBound()) {
      BEGUN.get().set(true);
    }
    Instant startedAt = clock.now();
    Decision decision = decide(operation);
    Ticket ticket = new Ticket(operation, subjects, decision, startedAt, reserve(operation));
    if (!decision.allowed()) {
      awaitDurable(ticket.end(subjects, new Outcome.Denied(), Usage.NONE));
      throw ApiException.forbidden(
          "denied by policy rule "
              + decision.rule()
              + (decision.reason().isEmpty() ? "" : ": " + decision.reason()));
    }
    return ticket;
  }

  /**
   * Waits as long as the policy slows an operation down; to be called before it begins, and with no
   * lock held.
   */
  public void slowDown(Operation operation) {
    Duration delay = decide(operation).delay();
    if (!delay.isZero()) {
      pause.of(delay);
    }
  }

  /**
   * Refuses early, with its receipt, what the policy refuses: for operations whose client could not
   * show the reason later.
   *
   * @throws ApiException 403 if the policy refuses
   */
  public void refuseDenied(Operation operation, List<Subject> subjects) throws ApiException {
    if (!decide(operation).allowed()) {
      begin(operation, subjects);
    }
  }

  /**
   * Reserves the receipt of something that happens whether the policy likes it or not, such as the
   * end of a process. The receipt names the policy in force and the rule {@code observed}.
   */
  public Ticket observe(Operation operation, List<Subject> subjects) throws ApiException {
    Decision observed =
        new Decision(Decision.Effect.ALLOW, "observed", decide(operation).policy(), "");
    return new Ticket(operation, subjects, observed, clock.now(), reserve(operation));
  }

  /** Whether a durable receipt that was finished at {@code from} or later is as wanted. */
  public boolean receiptedSince(Instant from, Predicate<Step> wanted) throws IOException {
    return receipts.have(from, wanted);
  }

  /** All receipts that are durable now. */
  public ReceiptSink.Durable durableReceipts() throws IOException {
    return receipts.durable();
  }

  /** Where in the log the next receipt can be at the earliest. */
  public long nextReceipt() {
    return receipts.size();
  }

  private Decision decide(Operation operation) {
    return policy.decide(
        new Request(operation.actor().toString(), operation.name(), operation.attributes()));
  }

  private Reservation reserve(Operation operation) throws ApiException {
    try {
      return receipts.reserve();
    } catch (IOException e) {
      throw ApiException.internal(
          "refused: no receipt can be written for "
              + operation.name()
              + ": "
              + e.getMessage()
              + "; free disk space or see the node's log, then try again");
    }
  }

  /** Waits for a receipt; a receipt that cannot be made durable fails the operation. */
  public static void awaitDurable(Appended appended) throws ApiException {
    try {
      appended.awaitDurable();
    } catch (IOException e) {
      throw ApiException.internal("the receipt could not be made durable: " + e.getMessage());
    }
  }

  /** An operation the policy allowed, with room reserved for its receipt. Ended exactly once. */
  public final class Ticket {

    private final Operation operation;
    private final List<Subject> subjects;
    private final Decision decision;
    private final Instant startedAt;
    private final Reservation reservation;

    private Ticket(
        Operation operation,
        List<Subject> subjects,
        Decision decision,
        Instant startedAt,
        Reservation reservation) {
      this.operation = operation;
      this.subjects = List.copyOf(subjects);
      this.decision = decision;
      this.startedAt = startedAt;
      this.reservation = reservation;
    }

    /** It took effect. */
    public Appended done(Done<?> done) {
      return end(
          done.subjects().isEmpty() ? subjects : done.subjects(), done.outcome(), done.usage());
    }

    /** It is not attempted after all: gives the room back. */
    public void abandon() {
      reservation.close();
    }

    /** It did not take effect. */
    public Appended failed(String error) {
      return end(subjects, new Outcome.Failed(error), Usage.NONE);
    }

    private Appended end(List<Subject> about, Outcome outcome, Usage usage) {
      return reservation.append(
          new Step(
              operation.actor(),
              operation.name(),
              about,
              operation.arguments(),
              new Verdict(decision.allowed(), decision.rule(), decision.policy()),
              outcome,
              startedAt,
              clock.now(),
              usage,
              operation.account()));
    }
  }
}
