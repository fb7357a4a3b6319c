package io.metanode.billing;

import io.metanode.economy.HourClose;
import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.LogBills;
import io.metanode.economy.MeteredReceipt;
import io.metanode.economy.PaymentFact;
import io.metanode.economy.Prices;
import io.metanode.economy.SettledHour;
import io.metanode.foundation.Bytes32;
import io.metanode.receipts.Account;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives bills from a log's receipts: usage that an account pays for, and closed hours. Whether
 * the receipts are to be believed is for whoever gives them to say. Not safe for use by many
 * threads.
 */
public final class LogMeter {

  private static final String CONTAINER = "container/";

  private final LogBills bills;
  private final List<String> faults = new ArrayList<>();

  public LogMeter(String origin, Prices prices) {
    this(new LogBills(origin, prices));
  }

  /** Goes on where these bills stand. */
  public LogMeter(LogBills bills) {
    this.bills = bills;
  }

  /** The bills of a log that is at hand, from all receipts under its checkpoint, unverified. */
  public static LogMeter of(LogReader log, Prices prices) throws IOException {
    LogMeter meter = new LogMeter(log.origin(), prices);
    for (long index = 0; index < log.published(); index++) {
      meter.accept(log.logged(index));
    }
    return meter;
  }

  public LogBills bills() {
    return bills;
  }

  /** What could not be billed, and why; a line each. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** Counts the next receipt; returns what it settled. */
  public List<SettledHour> accept(LoggedReceipt logged) {
    Step step = logged.receipt().step();
    Optional<HourClose> close = BillReceipts.closing(logged);
    if (close.isPresent()) {
      return close(close.get());
    }
    if (step.account().isPresent()) {
      Account account = step.account().get();
      BillReceipts.payment(logged).ifPresent(this::pay);
      BillReceipts.issue(step).ifPresent(issue -> issue(logged.index(), issue));
      if (!step.usage().equals(Usage.NONE)) {
        use(logged, account, step);
      }
    }
    bills.reach(Math.max(bills.size(), logged.index() + 1));
    return List.of();
  }

  private List<SettledHour> close(HourClose close) {
    List<SettledHour> settled = new ArrayList<>();
    switch (bills.close(close, settled)) {
      case CLOSED, CLOSED_BEFORE -> {}
      case NOT_OVER -> faults.add("receipt " + close.index() + ": closes an hour that is not over");
      case OTHER_PRICES ->
          faults.add(
              "receipt %d: closes its hour under the price book sha256:%s, which cannot have become"
                      .formatted(close.index(), close.prices())
                  + " this one: versions are only added, and none begins in the past");
    }
    return settled;
  }

  private void pay(PaymentFact fact) {
    if (!bills.pay(fact)) {
      faults.add("receipt " + fact.index() + ": pays what " + fact.tenant() + " does not owe");
    }
  }

  private void issue(long index, InvoiceIssue issue) {
    if (!bills.issue(index, issue)) {
      faults.add(
          "receipt " + index + ": issues an invoice that cannot be " + issue.tenant() + "'s");
    }
  }

  private void use(LoggedReceipt logged, Account account, Step step) {
    Usage usage = step.usage();
    MeteredReceipt metered =
        new MeteredReceipt(
            logged.index(),
            Bytes32.of(logged.leafHash().bytes()),
            account.tenant(),
            account.app(),
            container(step),
            step.finishedAt().toEpochMilli(),
            usage.cpuMs(),
            usage.memoryMbS(),
            usage.storageGbDay(),
            usage.egressMb(),
            usage.receiptsCount());
    if (!bills.add(metered)) {
      faults.add("receipt " + logged.index() + ": no price holds at its time");
    }
  }

  /** The container's id; {@code node} for what no container used. */
  private static String container(Step step) {
    return step.subjects().stream()
        .map(Subject::name)
        .filter(name -> name.matches(CONTAINER + "[0-9a-f]{1,128}"))
        .map(name -> name.substring(CONTAINER.length()))
        .findFirst()
        .orElse("node");
  }
}
