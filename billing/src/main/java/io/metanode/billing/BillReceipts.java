package io.metanode.billing;

import io.metanode.crypto.Sha256;
import io.metanode.economy.HourClose;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receipts of billing itself (docs/formats/billing.md): they name no tenant's usage. */
public final class BillReceipts {

  /** Closes an hour. */
  public static final String CLOSE = "bill.close";

  /** Says that a settlement was paid. */
  public static final String PAID = "bill.paid";

  private static final String HOUR = "hour/";
  private static final String SETTLEMENT = "settlement/";
  private static final String TRANSFER = "transfer/";
  private static final String OBSERVED = "observed";
  private static final long HOUR_MILLIS = 3_600_000;

  private BillReceipts() {}

  /**
   * The step that closes an hour.
   *
   * @param hour its number since 1970
   * @param prices the digest of the price book in force
   * @param policy the digest of the policy in force, which is not asked
   */
  public static Step close(long hour, Bytes32 prices, Digest policy, Instant now) {
    String name = Instant.ofEpochMilli(hour * HOUR_MILLIS).toString();
    Digest digest = Digest.ofBytes(prices.bytes());
    String arguments = "{\"hour\":\"" + name + "\",\"prices\":\"" + digest + "\"}";
    List<Subject> subjects = List.of(new Subject(HOUR + name, digest));
    return step(Actor.system("biller"), CLOSE, subjects, arguments, policy, now, Optional.empty());
  }

  /**
   * The step that says that a tenant's settlement was paid.
   *
   * @param transfer of a ledger, by which that was done; empty if it was done elsewhere
   */
  public static Step paid(
      Actor actor,
      Account account,
      Bytes32 settlement,
      Optional<Bytes32> transfer,
      Digest policy,
      Instant now) {
    List<Subject> subjects = new ArrayList<>();
    Digest digest = Digest.ofBytes(settlement.bytes());
    subjects.add(new Subject(SETTLEMENT + digest.hex(), digest));
    transfer
        .map(id -> Digest.ofBytes(id.bytes()))
        .ifPresent(id -> subjects.add(new Subject(TRANSFER + id.hex(), id)));
    String arguments = "{\"settlement\":\"" + digest + "\"}";
    return step(actor, PAID, subjects, arguments, policy, now, Optional.of(account));
  }

  private static Step step(
      Actor actor,
      String name,
      List<Subject> subjects,
      String arguments,
      Digest policy,
      Instant now,
      Optional<Account> account) {
    return new Step(
        actor,
        name,
        subjects,
        Digest.ofBytes(Sha256.of(arguments.getBytes(StandardCharsets.US_ASCII))),
        new Verdict(true, OBSERVED, policy),
        new Outcome.Done(),
        now,
        now,
        Usage.NONE,
        account);
  }

  /** What a receipt closes; empty if it closes nothing. */
  public static Optional<HourClose> closing(LoggedReceipt logged) {
    Step step = logged.receipt().step();
    Subject subject = step.subjects().getFirst();
    if (!step.operation().equals(CLOSE)
        || !step.actor().kind().equals("system")
        || !(step.outcome() instanceof Outcome.Done)
        || !subject.name().startsWith(HOUR)) {
      return Optional.empty();
    }
    try {
      long begin = Instant.parse(subject.name().substring(HOUR.length())).toEpochMilli();
      return begin < 0 || begin % HOUR_MILLIS != 0
          ? Optional.empty()
          : Optional.of(
              new HourClose(
                  logged.index(),
                  step.finishedAt().toEpochMilli(),
                  begin / HOUR_MILLIS,
                  Bytes32.of(subject.digest().bytes())));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The settlement that a receipt says was paid; empty if it says nothing of the kind. */
  static Optional<Bytes32> payment(Step step) {
    return step.operation().equals(PAID) && step.outcome() instanceof Outcome.Done
        ? Optional.of(Bytes32.of(step.subjects().getFirst().digest().bytes()))
        : Optional.empty();
  }
}
