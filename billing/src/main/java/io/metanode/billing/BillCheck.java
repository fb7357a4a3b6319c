package io.metanode.billing;

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
   */
  public record Result(List<String> findings, long receipts, boolean stated) {

    public Result {
      findings = List.copyOf(findings);
    }

    public boolean good() {
      return findings.isEmpty();
    }

    private static Result wrong(List<String> findings) {
      return new Result(findings, 0, false);
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
    long size = facts.get().size();
    List<Long> used = new ArrayList<>();
    VerifiedLog verified =
        VerifiedLog.read(
            log,
            keys,
            receipt -> {
              if (receipt.index() < size) {
                meter.accept(receipt);
                used.add(receipt.index());
              }
            });
    List<String> findings = new ArrayList<>(verified.findings());
    compare(facts.get(), verified.origin(), verified.size(), findings);
    return verdict(bill, meter, findings, used.size());
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
    long used = 0;
    for (int i = 0; i < bundle.proofs().size() && findings.isEmpty(); i++) {
      int number = i;
      List<String> wrong = new ArrayList<>();
      Optional<LoggedReceipt> receipt = proved.get().read(bundle.proofs().get(i), wrong);
      wrong.forEach(what -> findings.add("/proofs/" + number + ": " + what));
      if (receipt.isPresent() && receipt.get().index() < meter.bills().size()) {
        findings.add("/proofs/" + i + ": not in the order of the log, or there twice");
      } else if (receipt.isPresent() && receipt.get().index() < facts.get().size()) {
        meter.accept(receipt.get());
        used++;
      }
    }
    if (findings.isEmpty()) {
      meter.bills().reach(Math.max(meter.bills().size(), facts.get().size()));
    }
    return verdict(bill, meter, findings, used);
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
      case BillVerdict.Correct(boolean stated) -> new Result(List.of(), receipts, stated);
      case BillVerdict.Differs(String where, String expected, String found) ->
          Result.wrong(List.of(where + ": expected " + expected + ", found " + found));
      case BillVerdict.Malformed(String why) -> Result.wrong(List.of("not a bill: " + why));
    };
  }
}
