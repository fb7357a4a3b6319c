package io.metanode.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.LogBills;
import io.metanode.economy.Prices;
import io.metanode.economy.SettledHour;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Reservation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
  private Prices book = Prices.FIRST;
  private long asked = -1;
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
    close(current.bills());
  }

  private void close(LogBills bills) throws IOException {
    long over = clock.now().toEpochMilli() / HOUR_MILLIS - 1;
    if (over <= asked || !bills.hasDue(over)) {
      return;
    }
    try (Reservation room = receipts.reserve()) {
      room.append(BillReceipts.close(over, book.digest(), policy, clock.now())).awaitDurable();
    }
    asked = over;
  }

  /** The meter, with the price book as it is now. */
  private LogMeter meter(ReceiptSource.View log) throws IOException {
    Prices now = prices.now();
    LogMeter current = meter;
    if (current != null && now.digest().equals(book.digest())) {
      return current;
    }
    if (current != null && !now.follows(book.digest(), clock.now().toEpochMilli())) {
      throw new IOException(
          "the price book was changed, not only added to, or has a version that begins in the"
              + " past; bills wait until sha256:"
              + book.digest()
              + " is back, with versions of the future at most");
    }
    Optional<byte[]> state = current == null ? files.readState() : current.bills().state();
    LogMeter fresh = new LogMeter(resume(log, now, state));
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
   * What a tenant used and did not pay, as of the last pass, in minor units of NEX, rounded up.
   * What nobody knows counts as more than anything.
   */
  public synchronized long owed(String tenant) {
    LogMeter current = meter;
    return current == null ? Long.MAX_VALUE : current.bills().owed(tenant);
  }
}
