package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.members;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.economy.SettledHour;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Documents beside invoices: the live meter, settlements one by one, statements of account. */
public final class Statements {

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH").withZone(ZoneOffset.UTC);
  private static final int NUMBER_DIGITS = 16;
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger WHOLE = BigInteger.valueOf(Usage.MILLIONTHS);

  private Statements() {}

  /** Whole minor units, rounded up; at most 2^63 − 1. */
  public static long roundedUp(Charge charge) {
    BigInteger up = charge.millionths().add(WHOLE).subtract(BigInteger.ONE).divide(WHOLE);
    return up.min(MOST).longValueExact();
  }

  /** An invoice's number where none is given: its first hour and its last settlement's digest. */
  public static String number(List<Cut> cuts) {
    String digest = cuts.getLast().settlement().digest().toString().substring(0, NUMBER_DIGITS);
    return HOUR.format(Invoice.begin(cuts.getFirst().settlement().hour())) + "-" + digest;
  }

  /** A settlement by itself. */
  public static SettledHour settled(Cut cut) {
    Settlement settlement = cut.settlement();
    byte[] json =
        members(
                "settlement", Invoice.settlement(cut),
                "tenant", text(settlement.tenant()),
                "type", text("https://metanode.io/Settlement/v1"))
            .bytes();
    return new SettledHour(
        settlement.tenant(),
        settlement.hour(),
        settlement.digest(),
        settlement.amount().units(),
        json);
  }

  /** What is used and not settled. */
  public static byte[] meter(String origin, long size, List<Cut> open) {
    return members(
            "log", members("origin", text(origin), "size", text(size)),
            "tenants", items(open, Statements::metered),
            "type", text("https://metanode.io/Meter/v1"))
        .bytes();
  }

  private static CanonicalJson metered(Cut cut) {
    Settlement settlement = cut.settlement();
    return members(
        "carriedIn", text(settlement.carriedIn()),
        "charge", text(settlement.charge()),
        "lines", items(settlement.lines(), Invoice::line),
        "tenant", text(settlement.tenant()));
  }

  /** What was settled, tenant by tenant, and in all. */
  public static byte[] statement(
      String origin, long size, SortedMap<String, TenantBills> tenants, Predicate<Cut> within) {
    Amount all =
        tenants.values().stream()
            .map(bills -> settled(bills, within))
            .reduce(Amount.ZERO, Amount::plus);
    return members(
            "log", members("origin", text(origin), "size", text(size)),
            "settled", text(all),
            "tenants", items(List.copyOf(tenants.entrySet()), e -> tenant(e, within)),
            "type", text("https://metanode.io/Statement/v1"))
        .bytes();
  }

  private static Amount settled(TenantBills bills, Predicate<Cut> within) {
    return bills.cuts().stream()
        .filter(within)
        .map(cut -> cut.settlement().amount())
        .reduce(Amount.ZERO, Amount::plus);
  }

  private static CanonicalJson tenant(Map.Entry<String, TenantBills> entry, Predicate<Cut> within) {
    TenantBills bills = entry.getValue();
    TenantDues dues = bills.dues();
    return members(
        "credit", text(dues.credit()),
        "invoices", items(dues.invoices(), invoice -> invoice(invoice, dues)),
        "open", text(bills.live()),
        "owed", text(bills.owed()),
        "settled", text(settled(bills, within)),
        "settlements", items(bills.cuts().stream().filter(within).toList(), cut -> row(cut, dues)),
        "tenant", text(entry.getKey()),
        "unpaid", text(dues.unpaid()));
  }

  private static CanonicalJson invoice(Bytes32 digest, TenantDues dues) {
    Due due = dues.due(digest).orElseThrow();
    return members("amount", text(due.asked()), "digest", text(digest), "paid", text(due.paid()));
  }

  private static CanonicalJson row(Cut cut, TenantDues dues) {
    Bytes32 digest = cut.settlement().digest();
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    members.put("amount", text(cut.settlement().amount()));
    members.put("at", text(cut.at()));
    members.put("digest", text(digest));
    members.put("hour", text(Invoice.begin(cut.settlement().hour())));
    dues.invoice(digest)
        .ifPresentOrElse(
            invoice -> members.put("invoice", text(invoice)),
            () -> members.put("paid", text(dues.due(digest).orElseThrow().paid())));
    return new CanonicalJson.Members(members);
  }
}
