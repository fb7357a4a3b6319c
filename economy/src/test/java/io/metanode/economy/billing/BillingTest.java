package io.metanode.economy.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.EntriesInMemory;
import io.metanode.economy.accounts.LedgerAudit;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.Usage;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.GenesisSupply;
import io.metanode.economy.supply.JobPayment;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BillingTest {

  private static final MeterKey WEB = new MeterKey("acme", "shop", "web");
  private static final Usage USAGE =
      new Usage(1_000_000_000, 500_000_000, 1_000_000, 10_000_000, 100_000_000);

  private static UsageRecord record(int receipt, long time, Usage usage) {
    return new UsageRecord(new Bytes32(0, 0, 0, receipt), WEB, time, usage);
  }

  @Test
  void listPrices() {
    Charge charge = PriceList.FIRST.rate(USAGE);
    // 1000 ms · 0.00002 + 500 MB·s · 0.00001 + 1 GB·day · 0.001 + 10 MB · 0.00003 + 100 · 0.00005
    assertEquals("0.031300000000000", charge.toString());
    assertEquals(new Amount(31_300_000), charge.whole());
    assertEquals("0.000000000020000", PriceList.FIRST.rate(new Usage(1, 0, 0, 0, 0)) + "");
  }

  @Test
  void fractionsAreCarriedUntilTheyAreWhole() {
    Meter meter = new Meter("acme", PriceBook.FIRST);
    // 30 ns of CPU time cost 0.6 of a minor unit.
    Usage little = new Usage(30, 0, 0, 0, 0);
    long[] amounts = new long[5];
    for (int hour = 0; hour < amounts.length; hour++) {
      meter.add(record(hour, hour * Settlement.HOUR_MILLIS, little));
      amounts[hour] = meter.settle(hour).amount().units();
    }
    assertEquals(List.of(0L, 1L, 0L, 1L, 1L), Arrays.stream(amounts).boxed().toList());
    assertEquals(Charge.ZERO, meter.live());
  }

  @Test
  void recordsThatDoNotCount() {
    long second = Settlement.HOUR_MILLIS;
    PriceBook book = new PriceBook(List.of(new PriceList(1, 100, PriceList.FIRST.prices())));
    Meter meter = new Meter("acme", book);
    MeterKey other = new MeterKey("other", "a", "b");
    assertEquals(
        Meter.Result.NOT_OURS, meter.add(new UsageRecord(Bytes32.ZERO, other, 1_000, USAGE)));
    assertEquals(
        Meter.Result.WITHOUT_PRICE,
        meter.add(record(1, second - 1, USAGE)),
        "no price held when its hour began");
    assertEquals(Meter.Result.COUNTED, meter.add(record(1, second, USAGE)));
  }

  @Test
  void anHourIsChargedByThePricesThatHoldWhenItBegins() {
    long second = Settlement.HOUR_MILLIS;
    PriceList dear = new PriceList(2, second / 2, PriceList.FIRST.prices());
    Meter meter = new Meter("acme", new PriceBook(List.of(PriceList.FIRST, dear)));
    meter.add(record(1, second - 1, USAGE));
    meter.add(record(2, second, USAGE));
    meter.add(record(3, second - 2, USAGE));
    List<BillLine> lines = meter.settle(1).lines();
    assertEquals(List.of(1, 2), lines.stream().map(BillLine::version).toList());
    assertEquals(List.of(2, 1), lines.stream().map(BillLine::records).toList());
    assertEquals(List.of(0L, 1L), lines.stream().map(BillLine::hour).toList());
  }

  @Test
  void pricesOfTheTimeOfUse() {
    PriceList dear = new PriceList(2, 1_000, PriceList.FIRST.prices());
    PriceBook.Change change = PriceBook.FIRST.with(dear, 999);
    PriceBook book = assertInstanceOf(PriceBook.Change.Added.class, change).book();
    assertEquals(1, book.at(999).orElseThrow().version());
    assertEquals(2, book.at(1_000).orElseThrow().version());
    assertEquals(new PriceBook.Change.TooEarly(1_000), PriceBook.FIRST.with(dear, 1_000));
    assertEquals(new PriceBook.Change.WrongVersion(3), book.with(dear, 0));
    assertEquals(
        new PriceBook.Change.TooEarly(1_000),
        book.with(new PriceList(3, 1_000, PriceList.FIRST.prices()), 0));
    assertTrue(book.version(3).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new PriceBook(List.of(dear)));
  }

  @Test
  void creditLimits() {
    CreditLimit limit = new CreditLimit(new Amount(1_000), 800_000);
    Charge hundred = Charge.of(Usage.MILLIONTHS, new Amount(100));
    assertEquals(CreditLimit.Decision.ALLOW, limit.decide(new Amount(699), hundred));
    assertEquals(CreditLimit.Decision.THROTTLE, limit.decide(new Amount(700), hundred));
    assertEquals(CreditLimit.Decision.THROTTLE, limit.decide(new Amount(899), hundred));
    assertEquals(CreditLimit.Decision.STOP, limit.decide(new Amount(900), hundred));
    assertEquals(CreditLimit.Decision.STOP, limit.decide(Amount.MAX, hundred));
    Charge huge = Charge.of(Long.MAX_VALUE, Amount.MAX);
    assertEquals(CreditLimit.Decision.STOP, limit.decide(Amount.ZERO, huge));
  }

  private static Invoice invoice() {
    Meter meter = new Meter("acme", PriceBook.FIRST);
    meter.add(record(1, 1_000, USAGE));
    meter.add(record(2, Settlement.HOUR_MILLIS + 5, new Usage(30, 0, 0, 0, 0)));
    return invoice(List.of(meter.settle(0), meter.settle(1)), Terms.NONE);
  }

  private static Invoice invoice(List<Settlement> settlements, Terms terms) {
    List<Cut> cuts = settlements.stream().map(s -> new Cut(s, s.hour() * 10 + 9)).toList();
    Invoice.Source source = new Invoice.Source("host/log", 20, PriceBook.FIRST);
    return new Invoice("R-1", source, false, cuts, terms);
  }

  private static List<Settlement> settlements() {
    return invoice().cuts().stream().map(Cut::settlement).toList();
  }

  @Test
  void invoiceAsADocument() {
    Settlement first = settlements().getFirst();
    Settlement second = settlements().getLast();
    assertEquals(
        """
        {"currency":"NEX","from":"1970-01-01T00:00:00Z","gross":"0.031300000","interim":"false",\
        "log":{"origin":"host/log","size":"20"},"net":"0.031300000","number":"R-1",\
        "prices":"%s","reverseCharge":"false",\
        "settlements":[{"amount":"0.031300000","at":"9","carriedIn":"0.000000000000000",\
        "carriedOut":"0.000000000000000","digest":"%s","hour":"1970-01-01T00:00:00Z",\
        "lines":[{"app":"shop","charge":"0.031300000000000","container":"web",\
        "hour":"1970-01-01T00:00:00Z","priceVersion":"1","records":"1","recordsRoot":"%s",\
        "usage":{"cpu_ms":"1000000000","egress_mb":"10000000","memory_mb_s":"500000000",\
        "receipts_count":"100000000","storage_gb_day":"1000000"}}],"previous":"%s","root":"%s"},\
        {"amount":"0.000000000","at":"19","carriedIn":"0.000000000000000",\
        "carriedOut":"0.000000000600000","digest":"%s","hour":"1970-01-01T01:00:00Z",\
        "lines":[{"app":"shop","charge":"0.000000000600000","container":"web",\
        "hour":"1970-01-01T01:00:00Z","priceVersion":"1","records":"1","recordsRoot":"%s",\
        "usage":{"cpu_ms":"30","egress_mb":"0","memory_mb_s":"0","receipts_count":"0",\
        "storage_gb_day":"0"}}],"previous":"%s","root":"%s"}],\
        "tax":[{"basisPoints":"0","category":"compute","net":"0.025000000","vat":"0.000000000"},\
        {"basisPoints":"0","category":"storage","net":"0.001000000","vat":"0.000000000"},\
        {"basisPoints":"0","category":"network","net":"0.000300000","vat":"0.000000000"},\
        {"basisPoints":"0","category":"receipts","net":"0.005000000","vat":"0.000000000"}],\
        "tenant":"acme","to":"1970-01-01T02:00:00Z","type":"https://metanode.io/Invoice/v1",\
        "vat":"0.000000000"}"""
            .formatted(
                PriceBookJson.digest(PriceBook.FIRST),
                first.digest(),
                first.lines().getFirst().recordsRoot(),
                Bytes32.ZERO,
                first.root(),
                second.digest(),
                second.lines().getFirst().recordsRoot(),
                first.digest(),
                second.root()),
        new String(invoice().json(), StandardCharsets.US_ASCII));
    // Computed apart from this code, from docs/formats/billing.md.
    assertEquals(
        "a629c6d3c96a90a113edf6d6111691ae24556eb53eed5390333b4aae719ca96c",
        first.digest().toString());
  }

  @Test
  void settlementsThatDoNotFollowMakeNoInvoice() {
    List<Settlement> settlements = settlements();
    assertThrows(IllegalArgumentException.class, () -> invoice(settlements.reversed(), Terms.NONE));
    assertThrows(IllegalArgumentException.class, () -> invoice(List.of(), Terms.NONE));
    assertEquals("-", new MeterKey("a", "-", "b").app());
    assertThrows(IllegalArgumentException.class, () -> new MeterKey("-", "a", "b"));
    assertThrows(IllegalArgumentException.class, () -> new MeterKey("", "a", "b"));
    assertThrows(IllegalArgumentException.class, () -> new MeterKey("a\"", "a", "b"));
  }

  @Test
  void aSettlementIsPaidOnceAndTheBooksBalance() {
    EntriesInMemory state = new EntriesInMemory();
    AccountLedger ledger = new AccountLedger(state);
    GenesisSupply.create(ledger, 0);
    AccountId tenant = AccountId.named("tenant acme");
    AccountId provider = AccountId.named("provider");
    ledger.open(AccountTerms.wallet(tenant, Token.NEX, Codes.WALLET), 0);
    ledger.open(AccountTerms.wallet(provider, Token.NEX, Codes.WALLET), 0);
    ledger.apply(
        new Transfer.Direct(
            TransferId.named("top up"),
            Movement.of(
                Purse.GRANTS.of(Token.NEX), tenant, Token.NEX, Amount.tokens(1), Codes.WALLET)),
        0);
    Settlement settlement = settlements().getFirst();
    JobPayment payment =
        new JobPayment(settlement.digest().toString(), tenant, provider, settlement.amount());
    assertTrue(payment.pay(ledger, 1).stream().allMatch(TransferResult::ok));
    assertTrue(payment.pay(ledger, 2).stream().noneMatch(TransferResult::ok));
    assertEquals(
        Amount.tokens(1).minus(settlement.amount()),
        ledger.account(tenant).orElseThrow().available());
    assertEquals(List.of(), LedgerAudit.of(state).faults());
  }
}
