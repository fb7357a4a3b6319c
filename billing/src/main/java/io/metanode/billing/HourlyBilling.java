package io.metanode.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.IssueStatus;
import io.metanode.economy.LogBills;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentStatus;
import io.metanode.economy.PaymentVerdict;
import io.metanode.economy.Prices;
import io.metanode.economy.SettledHour;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bills a node's log by the hour. An hour in which something was used is closed by a receipt; from
 * there on what was settled is a matter of the log alone, and the files are written from it. So a
 * crash between any two steps loses nothing and settles nothing twice: what the log closed is
 * derived again, and what it did not close is closed then. Safe for use by many threads.
 */
public final class HourlyBilling {

  private static final System.Logger LOG = System.getLogger(HourlyBilling.class.getName());
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long LOOK_MILLIS = 20;
  private static final int MOST_LOOKS = 500;

  private final BillFiles files;
  private final PriceSource prices;
  private final ReceiptSource source;
  private final ReceiptSink receipts;
  private final Digest policy;
  private final Clock clock;
  private @Nullable LogMeter meter;
  private PriceSource.Book book = new PriceSource.Book(Prices.FIRST, Instant.MIN);
  private long asked = -1;

  /** The newest receipt of a payment or an invoice, which is perhaps not read yet. */
  private long newest = -1;

  private int told;

  /**
   * @param receipts where closed hours are receipted
   * @param policy the digest of the policy in force
   */
  public HourlyBilling(
      BillFiles files,
      PriceSource prices,
      ReceiptSource source,
      ReceiptSink receipts,
      Digest policy,
      Clock clock) {
    this.files = files;
    this.prices = prices;
    this.source = source;
    this.receipts = receipts;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Reads what is new in the log, writes what it settles, and closes the last hour that is over, if
   * something was used in it.
   *
   * @throws IOException if files cannot be read or written, or the price book is not what it was;
   *     the next pass tries again
   */
  public synchronized void pass() throws IOException {
    close(read().bills());
  }

  private LogMeter read() throws IOException {
    ReceiptSource.View log = source.now();
    LogMeter current = meter(log);
    while (current.bills().size() < log.size()) {
      List<SettledHour> settled = current.accept(log.at(current.bills().size()));
      for (SettledHour hour : settled) {
        files.write(hour);
      }
      if (!settled.isEmpty()) {
        files.writeState(current.bills().state().orElseThrow());
        current.bills().forget();
      }
    }
    List<String> faults = current.faults();
    faults.subList(told, faults.size()).forEach(f -> LOG.log(System.Logger.Level.WARNING, f));
    told = faults.size();
    return current;
  }

  private void close(LogBills bills) throws IOException {
    long over = clock.now().toEpochMilli() / HOUR_MILLIS - 1;
    if (over <= asked || !bills.hasDue(over)) {
      return;
    }
    Instant begin = Instant.ofEpochMilli(over * HOUR_MILLIS);
    if (book.until().isBefore(begin)) {
      throw new IOException(
          "the hour of %s is closed once the ledger says which prices hold in it; it told them up to %s"
              .formatted(begin, book.until()));
    }
    try (Reservation room = receipts.reserve()) {
      room.append(BillReceipts.close(over, book.prices().digest(), policy, clock.now()))
          .awaitDurable();
    }
    asked = over;
  }

  /** The meter, with the price book as it is now. */
  private LogMeter meter(ReceiptSource.View log) throws IOException {
    PriceSource.Book now = prices.now();
    LogMeter current = meter;
    if (current != null && now.prices().digest().equals(book.prices().digest())) {
      book = now;
      return current;
    }
    if (current != null
        && !now.prices().follows(book.prices().digest(), current.bills().closedHour())) {
      throw new IOException(
          "the price book was changed, not only added to, or has a new version that begins by the"
              + " begin of the last closed hour; bills wait until sha256:"
              + book.prices().digest()
              + " is back, with later versions at most");
    }
    Optional<byte[]> state = current == null ? files.readState() : current.bills().state();
    LogMeter fresh = new LogMeter(resume(log, now.prices(), state));
    meter = fresh;
    book = now;
    told = 0;
    return fresh;
  }

  private static LogBills resume(ReceiptSource.View log, Prices prices, Optional<byte[]> state)
      throws IOException {
    if (state.isEmpty()) {
      return new LogBills(log.origin(), prices);
    }
    try {
      LogBills bills = LogBills.resume(log.origin(), prices, state.get());
      return bills.size() <= log.size() ? bills : new LogBills(log.origin(), prices);
    } catch (DocumentException e) {
      throw new IOException("the bills of this node cannot go on: " + e.getMessage(), e);
    }
  }

  /**
   * Receipts what was paid elsewhere, or is paid from a tenant's credit.
   *
   * @param actor who says so
   * @throws IOException naming the status if it does not count, or if no receipt can be written
   */
  public synchronized Receipted paid(Actor actor, PaymentOffer offer) throws IOException {
    PaymentVerdict verdict = readAll().bills().judge(offer);
    PaymentStatus status = verdict.status();
    if (!status.counts() || status == PaymentStatus.PAID_BEFORE) {
      throw new IOException(
          "%s: %s of %s is not receipted as paid (metanode bill statement)"
              .formatted(status, offer.bill(), offer.tenant().orElse("nobody")));
    }
    return receipt(actor, offer, Optional.empty(), verdict);
  }

  /**
   * Judges a transfer of a ledger that names a bill, and receipts it, whether it counts or is
   * refused; not if it names no bill, or was judged before.
   */
  public synchronized PaymentVerdict paidOnLedger(PaymentOffer offer, Bytes32 transfer)
      throws IOException {
    PaymentVerdict verdict = readAll().bills().judge(offer);
    if (verdict.status().counts() || verdict.status().refuses()) {
      receipt(Actor.system("biller"), offer, Optional.of(transfer), verdict);
    }
    return verdict;
  }

  /**
   * What was receipted.
   *
   * @param index the receipt's
   */
  public record Receipted(long index, PaymentVerdict verdict) {}

  private Receipted receipt(
      Actor actor, PaymentOffer offer, Optional<Bytes32> transfer, PaymentVerdict verdict)
      throws IOException {
    return new Receipted(
        append(BillReceipts.paid(actor, offer, transfer, verdict, policy, clock.now())), verdict);
  }

  private long append(Step step) throws IOException {
    try (Reservation room = receipts.reserve()) {
      Appended appended = room.append(step);
      newest = appended.index();
      appended.awaitDurable();
      return appended.index();
    }
  }

  /** The bills with all that was receipted of payments and invoices. */
  private LogMeter readAll() throws IOException {
    LogMeter current = read();
    for (int looks = 0; current.bills().size() <= newest; looks++) {
      if (looks == MOST_LOOKS) {
        throw new IOException("receipt " + newest + " is under no checkpoint yet; try again");
      }
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while bills are read");
      }
      current = read();
    }
    return current;
  }

  /**
   * Issues an invoice: from then on it is what the tenant owes for its settlements.
   *
   * @param json the invoice, of hours that are closed
   * @return the receipt's index
   * @throws IOException naming the status if that cannot be, or if no receipt can be written
   */
  public synchronized long issue(Actor actor, byte[] json) throws IOException {
    InvoiceIssue issue;
    try {
      issue = InvoiceIssue.of(json);
    } catch (DocumentException e) {
      throw new IOException("no invoice: " + e.getMessage(), e);
    }
    IssueStatus status = readAll().bills().judge(issue);
    if (status != IssueStatus.ISSUED) {
      throw new IOException(
          "%s: the invoice %s of %s is not issued"
              .formatted(status, issue.digest(), issue.tenant()));
    }
    return append(BillReceipts.issued(actor, issue, policy, clock.now()));
  }

  /** Whether there is a bill that a transfer can name; false only if all receipts say so. */
  public synchronized boolean hasBills() throws IOException {
    return read().bills().hasBills();
  }

  /** Whether a bill has that digest; false only if all receipts say so. */
  public synchronized boolean isBill(Bytes32 digest) throws IOException {
    PaymentOffer asked = PaymentOffer.said("", digest, OptionalLong.empty());
    return readAll().bills().judge(asked).status() != PaymentStatus.UNKNOWN_BILL;
  }

  /**
   * What a tenant used and did not pay, by the receipts under the checkpoint now, in minor units of
   * NEX, rounded up. What cannot be known counts as more than anything.
   */
  public synchronized long owed(String tenant) {
    try {
      return read().bills().owed(tenant);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "what {0} owes is unknown: {1}", tenant, e.getMessage());
      return Long.MAX_VALUE;
    }
  }
}
