package io.metanode.billing.pdf;

import io.metanode.billing.pdf.PdfPages.Cell;
import io.metanode.crypto.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An invoice as a PDF. It shows what the JSON says and names it by its SHA-256: the JSON is what is
 * verified. The same JSON gives the same bytes: dates and ids come from it, none from a clock.
 */
public final class InvoicePdf {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final float SMALL = 7.5f;
  private static final float TEXT = 9;
  private static final int ID_LENGTH = 12;
  private static final float[] ENDS = {0, 75, 185, 330, 420, 490, 570, 630, 755};
  private static final List<String> HEADER =
      List.of(
          "Hour (UTC)",
          "App",
          "Container",
          "CPU ms",
          "Memory MB·s",
          "GB·days",
          "Egress MB",
          "Receipts",
          "NEX");
  private static final List<String> COMPONENTS =
      List.of("cpu_ms", "memory_mb_s", "storage_gb_day", "egress_mb", "receipts_count");

  private InvoicePdf() {}

  /**
   * Sets an invoice.
   *
   * @param invoice the JSON, as it was derived
   */
  public static byte[] of(byte[] invoice) throws IOException {
    JsonNode json = JSON.readTree(invoice);
    byte[] digest = Sha256.of(invoice);
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(java.nio.ByteBuffer.wrap(digest).getLong());
      document.setDocumentInformation(information(json));
      try (PdfPages pages = new PdfPages(document)) {
        pages.newPage();
        head(pages, json);
        table(pages, json);
        sums(pages, json);
        pages.gap(TEXT);
        pages.line(SMALL, "SHA-256 of the JSON: " + HexFormat.of().formatHex(digest));
        pages.line(
            SMALL,
            "Log "
                + json.path("log").path("origin").asString()
                + ", the first "
                + json.path("log").path("size").asString()
                + " receipts; price book sha256:"
                + json.path("prices").asString());
        pages.numberPages(json.path("number").asString());
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  private static PDDocumentInformation information(JsonNode json) {
    PDDocumentInformation information = new PDDocumentInformation();
    information.setTitle("Invoice " + json.path("number").asString());
    information.setProducer("Metanode");
    GregorianCalendar date =
        GregorianCalendar.from(Instant.parse(json.path("to").asString()).atZone(ZoneOffset.UTC));
    date.setTimeZone(TimeZone.getTimeZone("UTC"));
    information.setCreationDate(date);
    information.setModificationDate(date);
    return information;
  }

  private static void head(PdfPages pages, JsonNode json) throws IOException {
    boolean interim = json.path("interim").asString().equals("true");
    pages.line(15, (interim ? "Interim invoice " : "Invoice ") + json.path("number").asString());
    pages.line(
        TEXT,
        "Tenant %s, %s to %s%s"
            .formatted(
                json.path("tenant").asString(),
                json.path("from").asString(),
                json.path("to").asString(),
                interim ? "; the last hour is still open" : ""));
    party(pages, "Seller", json.path("seller"));
    party(pages, "Buyer", json.path("buyer"));
    pages.gap(TEXT);
  }

  private static void party(PdfPages pages, String role, JsonNode party) throws IOException {
    if (party.isMissingNode()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of(party.path("name").asString()));
    party.path("address").forEach(line -> words.add(line.asString()));
    if (party.has("vatId")) {
      words.add("VAT id " + party.path("vatId").asString());
    }
    pages.line(TEXT, role + ": " + String.join(", ", words));
  }

  private static void table(PdfPages pages, JsonNode json) throws IOException {
    pages.row(SMALL, cells(HEADER));
    for (JsonNode settlement : json.path("settlements")) {
      for (JsonNode line : settlement.path("lines")) {
        row(pages, cells(columns(line)));
      }
      row(
          pages,
          List.of(
              new Cell(
                  0,
                  600,
                  false,
                  hour(settlement) + "  settlement " + settlement.path("digest").asString()),
              new Cell(ENDS[8], 120, true, settlement.path("amount").asString())));
    }
  }

  /** A row; on a page of its own the header stands above it again. */
  private static void row(PdfPages pages, List<Cell> cells) throws IOException {
    if (!pages.fits(SMALL)) {
      pages.newPage();
      pages.row(SMALL, cells(HEADER));
    }
    pages.row(SMALL, cells);
  }

  private static String hour(JsonNode of) {
    return of.path("hour").asString().substring(0, 13).replace('T', ' ');
  }

  private static List<String> columns(JsonNode line) {
    String container = line.path("container").asString();
    List<String> columns = new ArrayList<>(List.of(hour(line), line.path("app").asString()));
    columns.add(container.substring(0, Math.min(ID_LENGTH, container.length())));
    for (String component : COMPONENTS) {
      BigDecimal units = new BigDecimal(line.path("usage").path(component).asString());
      columns.add(units.movePointLeft(6).stripTrailingZeros().toPlainString());
    }
    columns.add(line.path("charge").asString());
    return columns;
  }

  private static List<Cell> cells(List<String> columns) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean right = i > 2;
      float width = i == 1 ? 105 : i == 2 ? 75 : right && i < 8 ? 78 : 120;
      cells.add(new Cell(ENDS[i], width, right, columns.get(i)));
    }
    return cells;
  }

  private static void sums(PdfPages pages, JsonNode json) throws IOException {
    pages.gap(TEXT);
    for (JsonNode tax : json.path("tax")) {
      BigDecimal percent = new BigDecimal(tax.path("basisPoints").asString()).movePointLeft(2);
      pages.line(
          TEXT,
          "%s: net %s, VAT %s %% %s NEX"
              .formatted(
                  tax.path("category").asString(),
                  tax.path("net").asString(),
                  percent.toPlainString(),
                  tax.path("vat").asString()));
    }
    if (json.path("reverseCharge").asString().equals("true")) {
      pages.line(TEXT, "Reverse charge: the buyer owes the VAT.");
    }
    pages.line(
        11,
        "Net %s, VAT %s, to pay %s NEX"
            .formatted(
                json.path("net").asString(),
                json.path("vat").asString(),
                json.path("gross").asString()));
  }
}
