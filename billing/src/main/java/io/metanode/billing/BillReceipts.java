package io.metanode.billing;

import io.metanode.crypto.Sha256;
import io.metanode.economy.HourClose;
import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.PaymentFact;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentPlace;
import io.metanode.economy.PaymentVerdict;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The receipts of billing itself (docs/formats/billing.md): they name no tenant's usage. */
public final class BillReceipts {

  /** Closes an hour. */
  public static final String CLOSE = "bill.close";

  /**
   * Says that something was paid of a bill, or that a transfer that names one pays nothing of it.
   */
  public static final String PAID = "bill.paid";

  /** Issues an invoice. */
  public static final String ISSUE = "bill.issue";

  private static final String HOUR = "hour/";
  private static final String BILL = "bill/";
  private static final String INVOICE = "invoice/";
  private static final String AMOUNT = "amount/";
  private static final String CREDIT = "credit/";
  private static final String PLACE = "at/";
  private static final String FROM = "settlement/first";
  private static final String TO = "settlement/last";
  private static final int ISSUE_SUBJECTS = 5;
  private static final String NET = "net/";
  private static final String GROSS = "gross/";
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
    return step(
        Actor.system("biller"),
        CLOSE,
        subjects,
        arguments,
        policy,
        now,
        Optional.empty(),
        new Outcome.Done());
  }

  /**
   * The step that says that something was paid of a tenant's bill.
   *
   * @param offer what was judged
   * @param transfer of a ledger, by which it was paid; empty if that was done elsewhere
   * @param verdict that it counts, or is refused
   */
  public static Step paid(
      Actor actor,
      PaymentOffer offer,
      Optional<Bytes32> transfer,
      PaymentVerdict verdict,
      Digest policy,
      Instant now) {
    List<Subject> subjects = new ArrayList<>();
    Digest bill = Digest.ofBytes(offer.bill().bytes());
    subjects.add(new Subject(BILL + bill.hex(), bill));
    String source = offer.fromCredit() ? CREDIT : AMOUNT;
    subjects.add(new Subject(source + verdict.amount(), bill));
    transfer
        .map(id -> Digest.ofBytes(id.bytes()))
        .ifPresent(
            id -> {
              subjects.add(new Subject(TRANSFER + id.hex(), id));
              offer.place().ifPresent(at -> subjects.add(new Subject(PLACE + at, id)));
            });
    String arguments = "{\"amount\":\"" + verdict.amount() + "\",\"bill\":\"" + bill + "\"}";
    Outcome outcome =
        verdict.status().counts()
            ? new Outcome.Done()
            : new Outcome.Failed(verdict.status().name());
    Account account = new Account(verdict.tenant(), Account.NO_APP);
    return step(actor, PAID, subjects, arguments, policy, now, Optional.of(account), outcome);
  }

  /** The step that issues an invoice. */
  public static Step issued(Actor actor, InvoiceIssue issue, Digest policy, Instant now) {
    Digest invoice = Digest.ofBytes(issue.digest().bytes());
    List<Subject> subjects =
        List.of(
            new Subject(INVOICE + invoice.hex(), invoice),
            new Subject(FROM, Digest.ofBytes(issue.first().bytes())),
            new Subject(TO, Digest.ofBytes(issue.last().bytes())),
            new Subject(NET + issue.net(), invoice),
            new Subject(GROSS + issue.gross(), invoice));
    return step(
        actor,
        ISSUE,
        subjects,
        "{\"invoice\":\"" + invoice + "\"}",
        policy,
        now,
        Optional.of(new Account(issue.tenant(), Account.NO_APP)),
        new Outcome.Done());
  }

  private static Step step(
      Actor actor,
      String name,
      List<Subject> subjects,
      String arguments,
      Digest policy,
      Instant now,
      Optional<Account> account,
      Outcome outcome) {
    return new Step(
        actor,
        name,
        subjects,
        Digest.ofBytes(Sha256.of(arguments.getBytes(StandardCharsets.US_ASCII))),
        new Verdict(true, OBSERVED, policy),
        outcome,
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

  /** What a receipt says of a payment; empty if it says nothing of the kind. */
  static Optional<PaymentFact> payment(LoggedReceipt logged) {
    Step step = logged.receipt().step();
    boolean done = step.outcome() instanceof Outcome.Done;
    if (!step.operation().equals(PAID)
        || step.account().isEmpty()
        || !(done || step.outcome() instanceof Outcome.Failed)) {
      return Optional.empty();
    }
    OptionalLong credit = number(step, CREDIT);
    PaymentFact.Kind counted =
        credit.isPresent() ? PaymentFact.Kind.FROM_CREDIT : PaymentFact.Kind.COUNTED;
    return Optional.of(
        new PaymentFact(
            logged.index(),
            step.account().get().tenant(),
            Bytes32.of(step.subjects().getFirst().digest().bytes()),
            credit.isPresent() ? credit : number(step, AMOUNT),
            step.subjects().stream()
                .filter(subject -> subject.name().startsWith(PLACE))
                .flatMap(at -> PaymentPlace.parse(at.name().substring(PLACE.length())).stream())
                .findFirst(),
            done ? counted : PaymentFact.Kind.REFUSED));
  }

  /** What a receipt says of an invoice that was issued; empty if it says nothing of the kind. */
  static Optional<InvoiceIssue> issue(Step step) {
    OptionalLong net = number(step, NET);
    OptionalLong gross = number(step, GROSS);
    if (!step.operation().equals(ISSUE)
        || step.account().isEmpty()
        || step.subjects().size() < ISSUE_SUBJECTS
        || !(step.outcome() instanceof Outcome.Done)
        || net.isEmpty()
        || gross.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new InvoiceIssue(
            step.account().get().tenant(),
            Bytes32.of(step.subjects().get(0).digest().bytes()),
            Bytes32.of(step.subjects().get(1).digest().bytes()),
            Bytes32.of(step.subjects().get(2).digest().bytes()),
            net.getAsLong(),
            gross.getAsLong()));
  }

  /** The number in the name of the subject that begins so; empty if there is none. */
  private static OptionalLong number(Step step, String prefix) {
    return step.subjects().stream()
        .map(Subject::name)
        .filter(name -> name.matches(prefix + "[0-9]{1,19}"))
        .map(name -> new BigInteger(name.substring(prefix.length())))
        .filter(number -> number.bitLength() < Long.SIZE)
        .mapToLong(BigInteger::longValueExact)
        .findFirst();
  }
}
