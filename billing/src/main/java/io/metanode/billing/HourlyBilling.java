package io.metanode.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.LogBills;
import io.metanode.economy.OwedSettlement;
import io.metanode.economy.Prices;
import io.metanode.economy.SettledHour;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final BillFiles files;
  private final PriceSource prices;
  private final ReceiptSource source;
  private final ReceiptSink receipts;
  private final Digest policy;
  private final Clock clock;
  private @Nullable LogMeter meter;
  private PriceSource.Book book = new PriceSource.Book(Prices.FIRST, Instant.MIN);
  private long asked = -1;

  /** Paid, and perhaps not read yet. */
  private final Set<Bytes32> paying = new HashSet<>();

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
   * Receipts that a tenant paid a settlement.
   *
   * @param actor who says so
   * @return the receipt's index
   * @throws IOException if the settlement is not owed, or no receipt can be written
   */
  public long paid(Actor actor, String tenant, Bytes32 settlement) throws IOException {
    return paid(actor, tenant, settlement, Optional.empty());
  }

  /**
   * Receipts that a tenant paid a settlement by a transfer of a ledger.
   *
   * @return the receipt's index
   * @throws IOException if the settlement is not owed, or no receipt can be written
   */
  public long paidOnLedger(String tenant, Bytes32 settlement, Bytes32 transfer) throws IOException {
    return paid(Actor.system("biller"), tenant, settlement, Optional.of(transfer));
  }

  private synchronized long paid(
      Actor actor, String tenant, Bytes32 settlement, Optional<Bytes32> transfer)
      throws IOException {
    if (!read().bills().owes(tenant, settlement) || paying.contains(settlement)) {
      throw new IOException(tenant + " owes no settlement " + settlement);
    }
    Account account = new Account(tenant, Account.NO_APP);
    try (Reservation room = receipts.reserve()) {
      Appended appended =
          room.append(BillReceipts.paid(actor, account, settlement, transfer, policy, clock.now()));
      appended.awaitDurable();
      paying.add(settlement);
      return appended.index();
    }
  }

  /** Whether a settlement is not paid; false only if all receipts say so. */
  public synchronized boolean isOwedAnything() throws IOException {
    return read().bills().isOwedAnything();
  }

  /** Who owes a settlement; empty if it was not made, or was paid. */
  public synchronized Optional<OwedSettlement> owedFor(Bytes32 settlement) throws IOException {
    return paying.contains(settlement) ? Optional.empty() : read().bills().owedFor(settlement);
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
