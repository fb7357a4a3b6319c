package io.metanode.cli.bill;

import io.metanode.economy.BillAccount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bill, a meter or a statement as lines of text. */
public final class BillText {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ID_LENGTH = 12;
  private static final int DECIMALS = 9;
  private static final String ROW = "%-14s %-16s %-12s %14s %14s %10s %12s %8s %20s%n";
  private static final String[] HEADER = {
    "HOUR (UTC)",
    "APP",
    "CONTAINER",
    "CPU ms",
    "MEMORY MB·s",
    "GB·days",
    "EGRESS MB",
    "RECEIPTS",
    "NEX"
  };

  private BillText() {}

  /** An invoice. */
  static String of(byte[] bill) {
    JsonNode json = JSON.readTree(bill);
    StringBuilder out = new StringBuilder();
    out.append(
        "Bill %s of %s: %s to %s%s%n"
            .formatted(
                json.path("number").asString(),
                json.path("tenant").asString(),
                json.path("from").asString(),
                json.path("to").asString(),
                json.path("interim").asString().equals("true") ? ", last hour still open" : ""));
    out.append(String.format(Locale.ROOT, ROW, (Object[]) HEADER));
    for (JsonNode settlement : json.path("settlements")) {
      settlement.path("lines").forEach(line -> out.append(line(hour(line), line)));
    }
    for (JsonNode tax : json.path("tax")) {
      if (!tax.path("basisPoints").asString().equals("0")) {
        BigDecimal percent = new BigDecimal(tax.path("basisPoints").asString()).movePointLeft(2);
        out.append(
            "VAT %s %% on %s %s: %s NEX%n"
                .formatted(
                    percent.toPlainString(),
                    tax.path("category").asString(),
                    tax.path("net").asString(),
                    tax.path("vat").asString()));
      }
    }
    if (json.path("reverseCharge").asString().equals("true")) {
      out.append("Reverse charge: the buyer owes the VAT.%n".formatted());
    }
    return out.append(
            "Net %s, VAT %s, to pay %s NEX%n"
                .formatted(
                    json.path("net").asString(),
                    json.path("vat").asString(),
                    json.path("gross").asString()))
        .toString()
        .stripTrailing();
  }

  /** What is paid of an invoice's settled hours. */
  static String of(BillAccount account) {
    String of =
        account.invoices().isEmpty()
            ? "its settlements"
            : "the invoice issued as " + String.join(", ", account.invoices());
    return "Paid %s of %s NEX, owed %s, by %s"
        .formatted(nex(account.paid()), nex(account.asked()), nex(account.owed()), of);
  }

  /** Minor units as NEX. */
  static String nex(long units) {
    return BigDecimal.valueOf(units, DECIMALS).toPlainString();
  }

  /** The lines of an invoice that are about one container. */
  public static String ofContainer(byte[] bill, String container) {
    StringBuilder out = new StringBuilder(String.format(Locale.ROOT, ROW, (Object[]) HEADER));
    for (JsonNode settlement : JSON.readTree(bill).path("settlements")) {
      for (JsonNode line : settlement.path("lines")) {
        if (line.path("container").asString().equals(container)) {
          out.append(line(hour(line), line));
        }
      }
    }
    return out.toString().stripTrailing();
  }

  private static String hour(JsonNode of) {
    return of.path("hour").asString().substring(0, 13).replace('T', ' ');
  }

  /** What is not settled yet. */
  static String ofMeter(byte[] meter) {
    StringBuilder out = new StringBuilder();
    for (JsonNode tenant : JSON.readTree(meter).path("tenants")) {
      out.append("Tenant %s%n".formatted(tenant.path("tenant").asString()));
      out.append(String.format(Locale.ROOT, ROW, (Object[]) HEADER));
      tenant.path("lines").forEach(line -> out.append(line(hour(line), line)));
      out.append(
          "In all %s NEX, of which %s were carried in%n"
              .formatted(tenant.path("charge").asString(), tenant.path("carriedIn").asString()));
    }
    return out.isEmpty() ? "nothing is open" : out.toString().stripTrailing();
  }

  /** What was settled. */
  static String ofStatement(byte[] statement) {
    JsonNode json = JSON.readTree(statement);
    StringBuilder out = new StringBuilder();
    for (JsonNode tenant : json.path("tenants")) {
      out.append("Tenant %s%n".formatted(tenant.path("tenant").asString()));
      for (JsonNode settlement : tenant.path("settlements")) {
        out.append(
            "  %s %20s NEX  %s  %s%n"
                .formatted(
                    settlement.path("hour").asString(),
                    settlement.path("amount").asString(),
                    settlement.path("digest").asString(),
                    settlement.has("invoice")
                        ? "invoice " + settlement.path("invoice").asString().substring(0, ID_LENGTH)
                        : paid(settlement)));
      }
      for (JsonNode invoice : tenant.path("invoices")) {
        out.append(
            "  invoice              %20s NEX  %s  %s%n"
                .formatted(
                    invoice.path("amount").asString(),
                    invoice.path("digest").asString(),
                    paid(invoice)));
      }
      out.append(
          "  settled %s, all time unpaid %s, not settled yet %s, credit %s, owed in all %s NEX%n"
              .formatted(
                  tenant.path("settled").asString(),
                  tenant.path("unpaid").asString(),
                  tenant.path("open").asString(),
                  tenant.path("credit").asString(),
                  tenant.path("owed").asString()));
    }
    return out.append("In all %s NEX".formatted(json.path("settled").asString())).toString();
  }

  private static String paid(JsonNode bill) {
    BigDecimal paid = new BigDecimal(bill.path("paid").asString());
    if (paid.signum() == 0) {
      return "unpaid";
    }
    boolean all = paid.compareTo(new BigDecimal(bill.path("amount").asString())) == 0;
    return all ? "paid" : "paid " + paid.toPlainString();
  }

  private static String line(String hour, JsonNode line) {
    JsonNode usage = line.path("usage");
    String container = line.path("container").asString();
    List<Object> cells = new ArrayList<>(List.of(hour, line.path("app").asString()));
    cells.add(container.substring(0, Math.min(ID_LENGTH, container.length())));
    for (String component :
        List.of("cpu_ms", "memory_mb_s", "storage_gb_day", "egress_mb", "receipts_count")) {
      cells.add(units(usage.path(component).asString()));
    }
    cells.add(line.path("charge").asString());
    return String.format(Locale.ROOT, ROW, cells.toArray());
  }

  /** Millionths as units, without zeros at the end. */
  private static String units(String millionths) {
    BigDecimal units = new BigDecimal(millionths).movePointLeft(6).stripTrailingZeros();
    return units.toPlainString();
  }
}
