package io.metanode.billing;

import io.metanode.economy.BillAccount;
import io.metanode.economy.BillVerdict;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceFacts;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.Prices;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.ProvedReceipts;
import io.metanode.receipts.VerifiedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bill against a log, or against an excerpt of one: verifies the receipts, derives every
 * line from them again, and names the first thing that differs. Needs no node and no network.
 *
 * @param keys a file of the public keys that are trusted
 * @param prices the price book; where it is empty, that of the bundle, which the receipts bind
 * @param number the bill's own number, if it is not made from what is billed
 * @param terms the parties and tax rates it must state; if empty, they are taken from it
 */
public record BillCheck(
    Path keys, Optional<Prices> prices, Optional<String> number, Optional<InvoiceTerms> terms) {

  /**
   * What was found.
   *
   * @param findings what is wrong, the first thing first; empty if nothing is
   * @param receipts how many receipts it was derived from
   * @param stated whether parties or tax rates were taken from the bill, as nothing proves them
   * @param account what is paid of it by all receipts there are; empty if it is wrong, or nothing
   *     in it is settled
   */
  public record Result(
      List<String> findings, long receipts, boolean stated, Optional<BillAccount> account) {

    public Result {
      findings = List.copyOf(findings);
    }

    public boolean good() {
      return findings.isEmpty();
    }

    private static Result wrong(List<String> findings) {
      return new Result(findings, 0, false, Optional.empty());
    }
  }

  /**
   * Against the whole log.
   *
   * @throws IOException if the log or the keys cannot be read
   */
  public Result againstLog(byte[] bill, Path log) throws IOException {
    Optional<InvoiceFacts> facts = facts(bill);
    if (facts.isEmpty()) {
      return verdict(bill, new LogMeter("", Prices.FIRST), List.of(), 0);
    }
    LogMeter meter = new LogMeter(facts.get().origin(), prices.orElse(Prices.FIRST));
    Walk walk = new Walk(bill, facts.get(), meter);
    VerifiedLog verified = VerifiedLog.read(log, keys, walk::take);
    List<String> findings = new ArrayList<>(verified.findings());
    compare(facts.get(), verified.origin(), verified.size(), findings);
    return walk.end(findings);
  }

  /** Receipts in their order: those that the bill is derived from, and those after them. */
  private final class Walk {

    private final byte[] bill;
    private final InvoiceFacts facts;
    private final LogMeter meter;
    private @Nullable Result verdict;
    private long used;

    Walk(byte[] bill, InvoiceFacts facts, LogMeter meter) {
      this.bill = bill;
      this.facts = facts;
      this.meter = meter;
    }

    void take(LoggedReceipt receipt) {
      if (receipt.index() < facts.size()) {
        used++;
      } else {
        reached();
      }
      meter.accept(receipt);
    }

    /** The verdict once all receipts are there that the bill is derived from. */
    private Result reached() {
      Result known = verdict;
      if (known == null) {
        meter.bills().reach(Math.max(meter.bills().size(), facts.size()));
        known = verdict(bill, meter, List.of(), used);
        verdict = known;
      }
      return known;
    }

    Result end(List<String> before) {
      if (!before.isEmpty()) {
        return Result.wrong(before);
      }
      Result known = reached();
      return known.good()
          ? new Result(List.of(), known.receipts(), known.stated(), account(bill, meter))
          : known;
    }
  }

  private static Optional<BillAccount> account(byte[] bill, LogMeter meter) {
    try {
      return meter.bills().documents().account(bill);
    } catch (DocumentException e) {
      return Optional.empty(); // It was read before.
    }
  }

  /**
   * Against a bundle.
   *
   * @throws IOException if the bundle or the keys cannot be read
   */
  public Result againstBundle(byte[] bill, BillBundle bundle) throws IOException {
    Optional<InvoiceFacts> facts = facts(bill);
    if (facts.isEmpty()) {
      return verdict(bill, new LogMeter("", Prices.FIRST), List.of(), 0);
    }
    List<String> findings = new ArrayList<>();
    Optional<ProvedReceipts> proved = ProvedReceipts.under(bundle.checkpoint(), keys, findings);
    Optional<Prices> book = book(bundle, findings);
    if (proved.isEmpty() || book.isEmpty() || !findings.isEmpty()) {
      return Result.wrong(findings);
    }
    LogMeter meter = new LogMeter(facts.get().origin(), book.get());
    compare(facts.get(), proved.get().origin(), proved.get().size(), findings);
    Walk walk = new Walk(bill, facts.get(), meter);
    for (int i = 0; i < bundle.proofs().size() && findings.isEmpty(); i++) {
      int number = i;
      List<String> wrong = new ArrayList<>();
      Optional<LoggedReceipt> receipt = proved.get().read(bundle.proofs().get(i), wrong);
      wrong.forEach(what -> findings.add("/proofs/" + number + ": " + what));
      if (receipt.isPresent() && receipt.get().index() < meter.bills().size()) {
        findings.add("/proofs/" + i + ": not in the order of the log, or there twice");
      } else if (receipt.isPresent()) {
        walk.take(receipt.get());
      }
    }
    return walk.end(findings);
  }

  private Optional<Prices> book(BillBundle bundle, List<String> findings) {
    if (prices.isPresent()) {
      return prices;
    }
    try {
      return Optional.of(Prices.read(bundle.prices()));
    } catch (DocumentException e) {
      findings.add("/prices" + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<InvoiceFacts> facts(byte[] bill) {
    try {
      return Optional.of(InvoiceFacts.read(bill));
    } catch (DocumentException e) {
      return Optional.empty(); // The check itself says what is wrong.
    }
  }

  private static void compare(InvoiceFacts facts, String origin, long size, List<String> findings) {
    if (!facts.origin().equals(origin)) {
      findings.add("/log/origin: expected " + origin + ", found " + facts.origin());
    }
    if (facts.size() > size) {
      findings.add(
          "/log/size: the bill is derived from %d receipts, the checkpoint covers %d"
              .formatted(facts.size(), size));
    }
  }

  private Result verdict(byte[] bill, LogMeter meter, List<String> before, long receipts) {
    List<String> findings = new ArrayList<>(before);
    findings.addAll(meter.faults());
    if (!findings.isEmpty()) {
      return Result.wrong(findings);
    }
    return switch (meter.bills().documents().check(bill, number, terms)) {
      case BillVerdict.Correct(boolean stated) ->
          new Result(List.of(), receipts, stated, Optional.empty());
      case BillVerdict.Differs(String where, String expected, String found) ->
          Result.wrong(List.of(where + ": expected " + expected + ", found " + found));
      case BillVerdict.Malformed(String why) -> Result.wrong(List.of("not a bill: " + why));
    };
  }
}
