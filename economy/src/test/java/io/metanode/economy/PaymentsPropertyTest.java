package io.metanode.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random payments, counted, refused and repeated, of settlements and invoices, against sums that
 * are kept beside them; and the same bills by whoever goes on from a state.
 */
class PaymentsPropertyTest {

  private static final long HOUR = 490_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final List<String> TENANTS = List.of("acme", "zen/lab");

  /** What is to be paid, by what was settled and issued. */
  private static final class Bill {
    final String tenant;
    long asked;
    long paid;

    Bill(String tenant, long asked) {
      this.tenant = tenant;
      this.asked = asked;
    }
  }

  private final Map<Bytes32, Bill> bills = new HashMap<>();

  /** The invoices that settlements are in. */
  private final Map<Bytes32, Bytes32> billOf = new HashMap<>();

  private final Map<String, List<Bytes32>> open = new HashMap<>();
  private final Map<String, Long> credit = new HashMap<>();
  private final Map<String, Long> money = new HashMap<>();
  private final Map<String, Set<PaymentPlace>> judged = new HashMap<>();
  private final List<Consumer<LogBills>> receipts = new ArrayList<>();
  private LogBills log = new LogBills("test.example/log", Prices.FIRST);

  /** The same, by who never stopped. */
  private final LogBills whole = new LogBills("test.example/log", Prices.FIRST);

  private long hour = HOUR;
  private long height;

  private static Bytes32 bytes(Gen gen) {
    return new Bytes32(gen.nextLong(), gen.nextLong(), gen.nextLong(), gen.nextLong());
  }

  private void receipt(Consumer<LogBills> what) {
    receipts.add(what);
    what.accept(whole);
    what.accept(log);
  }

  @Test
  void everyUnitPaysOneBillOrIsCreditAndStatesCarryAll() {
    Property.check(
        "payments",
        150,
        gen -> {
          PaymentsPropertyTest run = new PaymentsPropertyTest();
          for (int step = gen.intBetween(5, 60); step > 0; step--) {
            run.step(gen);
            run.holds();
          }
        });
  }

  private void step(Gen gen) {
    switch (gen.intBetween(0, 9)) {
      case 0, 1 -> settle(gen);
      case 2 -> issue(gen);
      case 3 -> fromCredit(gen);
      case 4 -> resume();
      default -> pay(gen);
    }
  }

  private void settle(Gen gen) {
    use(gen, hour);
    if (gen.bool()) {
      use(gen, hour + 1); // Stays open, so a state goes on before payments that it holds.
    }
    close();
  }

  private void use(Gen gen, long in) {
    long time = in * HOUR_MILLIS + gen.between(0, HOUR_MILLIS - 1);
    for (String tenant : TENANTS) {
      long index = receipts.size();
      Bytes32 hash = bytes(gen);
      long used = gen.between(1, 1L << 30);
      receipt(
          bills ->
              bills.add(
                  new MeteredReceipt(
                      index, hash, tenant, "-", "a1", time, used, used, 0, 0, 1_000_000)));
    }
  }

  private void close() {
    long index = receipts.size();
    long closing = hour;
    List<SettledHour> settled = new ArrayList<>();
    receipt(
        bills -> {
          settled.clear();
          LogBills.Closing closed =
              bills.close(
                  new HourClose(index, (closing + 1) * HOUR_MILLIS, closing, Prices.FIRST.digest()),
                  settled);
          assertTrue(closed == LogBills.Closing.CLOSED || closed == LogBills.Closing.CLOSED_BEFORE);
        });
    for (SettledHour one : settled) {
      bills.put(one.digest(), new Bill(one.tenant(), one.amount()));
      open.computeIfAbsent(one.tenant(), name -> new ArrayList<>()).add(one.digest());
    }
    hour++;
  }

  private void issue(Gen gen) {
    String tenant = gen.pick(TENANTS);
    List<Bytes32> settlements = open.getOrDefault(tenant, List.of());
    if (settlements.isEmpty()) {
      return;
    }
    int from = gen.intBetween(0, settlements.size() - 1);
    int to = gen.intBetween(from, settlements.size() - 1);
    List<Bytes32> range = settlements.subList(from, to + 1);
    long net = range.stream().mapToLong(one -> known(one).asked).sum();
    boolean fresh = range.stream().noneMatch(one -> billOf.containsKey(one));
    long wrong = gen.oneIn(5) ? 1 : 0;
    long gross = net + gen.between(0, net / 5);
    InvoiceIssue issue =
        new InvoiceIssue(
            tenant, bytes(gen), range.getFirst(), range.getLast(), net + wrong, gross + wrong);
    IssueStatus expected =
        !fresh
            ? IssueStatus.INVOICED_BEFORE
            : wrong == 0 ? IssueStatus.ISSUED : IssueStatus.WRONG_AMOUNT;
    assertEquals(expected, log.judge(issue));
    long index = receipts.size();
    receipt(bills -> bills.issue(index, issue));
    if (expected == IssueStatus.ISSUED) {
      Bill invoice = new Bill(tenant, gross);
      invoice.paid = range.stream().mapToLong(one -> known(one).paid).sum();
      bills.put(issue.digest(), invoice);
      range.forEach(one -> billOf.put(one, issue.digest()));
      assertEquals(IssueStatus.ISSUED_BEFORE, log.judge(issue));
    }
  }

  private Bill known(Bytes32 digest) {
    Bill bill = bills.get(digest);
    if (bill == null) {
      throw new AssertionError("no bill " + digest);
    }
    return bill;
  }

  private void pay(Gen gen) {
    Bytes32 named = bills.isEmpty() || gen.oneIn(20) ? bytes(gen) : gen.pick(sorted());
    height += gen.intBetween(0, 2);
    PaymentPlace place = new PaymentPlace("0a", height, gen.intBetween(0, 1), gen.intBetween(0, 1));
    boolean nex = !gen.oneIn(8);
    boolean payees = !gen.oneIn(8);
    Bytes32 stands = billOf.getOrDefault(named, named);
    Bill bill = bills.get(stands);
    long owed = bill == null ? 0 : bill.asked - bill.paid;
    long amount = gen.pick(owed, owed + 1, Math.max(1, owed - 1), gen.between(1, 1L << 40));
    amount = Math.max(1, amount);
    PaymentOffer offer = PaymentOffer.onLedger(named, amount, place, nex, payees);
    PaymentVerdict verdict = log.judge(offer);
    assertEquals(expected(bill, place, nex, payees, amount, owed), verdict.status());
    if (bill == null || !(verdict.status().counts() || verdict.status().refuses())) {
      return;
    }
    assertEquals(bill.tenant, verdict.tenant());
    judged.computeIfAbsent(bill.tenant, name -> new HashSet<>()).add(place);
    long index = receipts.size();
    PaymentFact fact =
        new PaymentFact(
            index,
            bill.tenant,
            named,
            OptionalLong.of(amount),
            Optional.of(place),
            verdict.status().counts() ? PaymentFact.Kind.COUNTED : PaymentFact.Kind.REFUSED);
    receipt(bills -> assertTrue(bills.pay(fact)));
    assertEquals(PaymentStatus.JUDGED_BEFORE, log.judge(offer).status(), "never twice");
    if (verdict.status().counts()) {
      money.merge(bill.tenant, amount, Long::sum);
      long taken = Math.min(owed, amount);
      bill.paid += taken;
      credit.merge(bill.tenant, amount - taken, Long::sum);
      assertEquals(owed - taken, verdict.left());
    }
  }

  private PaymentStatus expected(
      @Nullable Bill bill,
      PaymentPlace place,
      boolean nex,
      boolean payees,
      long amount,
      long owed) {
    if (bill == null) {
      return PaymentStatus.UNKNOWN_BILL;
    }
    if (judged.getOrDefault(bill.tenant, Set.of()).stream()
        .anyMatch(before -> !place.isAfter(before))) {
      return PaymentStatus.JUDGED_BEFORE;
    }
    if (!nex) {
      return PaymentStatus.WRONG_TOKEN;
    }
    if (!payees) {
      return PaymentStatus.WRONG_PAYEE;
    }
    if (owed == 0) {
      return PaymentStatus.PAID_BEFORE;
    }
    return amount == owed
        ? PaymentStatus.PAID
        : amount < owed ? PaymentStatus.PARTIAL : PaymentStatus.OVERPAID;
  }

  private void fromCredit(Gen gen) {
    if (bills.isEmpty()) {
      return;
    }
    Bytes32 named = gen.pick(sorted());
    Bill bill = known(billOf.getOrDefault(named, named));
    long owed = bill.asked - bill.paid;
    long left = credit.getOrDefault(bill.tenant, 0L);
    String other = bill.tenant.equals("acme") ? "zen/lab" : "acme";
    assertEquals(
        PaymentStatus.WRONG_TENANT, log.judge(PaymentOffer.fromCredit(other, named)).status());
    PaymentVerdict verdict = log.judge(PaymentOffer.fromCredit(bill.tenant, named));
    if (owed == 0 || left == 0) {
      assertEquals(
          owed == 0 ? PaymentStatus.PAID_BEFORE : PaymentStatus.NO_CREDIT, verdict.status());
      return;
    }
    long taken = Math.min(owed, left);
    assertEquals(taken, verdict.amount());
    long index = receipts.size();
    PaymentFact fact =
        new PaymentFact(
            index,
            bill.tenant,
            named,
            OptionalLong.of(taken),
            Optional.empty(),
            PaymentFact.Kind.FROM_CREDIT);
    receipt(bills -> assertTrue(bills.pay(fact)));
    bill.paid += taken;
    credit.merge(bill.tenant, -taken, Long::sum);
  }

  /** Another goes on from what a process kept. */
  private void resume() {
    Optional<byte[]> state = log.state();
    if (state.isEmpty()) {
      return;
    }
    try {
      LogBills resumed = LogBills.resume("test.example/log", Prices.FIRST, state.get());
      while (resumed.size() < receipts.size()) {
        receipts.get((int) resumed.size()).accept(resumed);
      }
      log = resumed;
    } catch (DocumentException e) {
      throw new AssertionError(e);
    }
  }

  private List<Bytes32> sorted() {
    return bills.keySet().stream().sorted().toList();
  }

  private void holds() {
    for (String tenant : TENANTS) {
      List<Bill> own =
          bills.entrySet().stream()
              .filter(one -> !billOf.containsKey(one.getKey()))
              .map(Map.Entry::getValue)
              .filter(bill -> bill.tenant.equals(tenant))
              .toList();
      long paid = own.stream().mapToLong(bill -> bill.paid).sum();
      long left = credit.getOrDefault(tenant, 0L);
      assertEquals(money.getOrDefault(tenant, 0L), paid + left, "nothing is made or lost");
      assertEquals(whole.owed(tenant), log.owed(tenant));
    }
    bills.forEach(
        (digest, bill) -> {
          Bill stands = known(billOf.getOrDefault(digest, digest));
          PaymentOffer all = PaymentOffer.said(bill.tenant, digest, OptionalLong.empty());
          assertEquals(stands.asked - stands.paid, log.judge(all).amount());
        });
  }
}
