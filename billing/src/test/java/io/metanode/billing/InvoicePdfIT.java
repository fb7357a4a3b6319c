package io.metanode.billing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.economy.BillPeriod;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.Prices;
import io.metanode.receipts.Account;
import io.metanode.receipts.Usage;
import io.metanode.testkit.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice on paper, read back by the library that wrote it and by another. */
class InvoicePdfIT {

  private static final String TERMS =
      """
      {"type": "https://metanode.io/BillingTerms/v1",
       "seller": {"name": "Hosts \\"R\\" Us GmbH", "address": ["Straße 1", "Köln \\u4e2d"],
                  "vatId": "DE123"},
       "buyers": {"acme": {"name": "%s", "address": ["Rue 2"], "vatId": "FR456"}},
       "vat": {"compute": "1900", "storage": "1900", "network": "1900", "receipts": "1900"}}
      """
          .formatted("Acme".repeat(50));

  @TempDir Path directory;

  /** Hours of as many containers, so that the table goes over pages. */
  private static byte[] invoice(int containers) throws Exception {
    VirtualClock clock = new VirtualClock();
    LogInMemory log = new LogInMemory(() -> false);
    for (int i = 0; i < containers; i++) {
      Account account = new Account("acme", i % 2 == 0 ? "shop" : "a".repeat(128));
      Usage usage = new Usage(1_234_567_890L + i, 5_000_000, 1, 42, 1_000_000);
      log.add(UsageSteps.used(account, "%012x".formatted(i).repeat(5), usage, clock.now()));
    }
    clock.advance(Duration.ofHours(1));
    log.add(BillReceipts.close(490_896, Prices.FIRST.digest(), UsageSteps.DIGEST, clock.now()));
    LogMeter meter = new LogMeter(LogInMemory.ORIGIN, Prices.FIRST);
    log.all().forEach(meter::accept);
    assertEquals(java.util.List.of(), meter.faults());
    return meter
        .bills()
        .documents()
        .invoice(
            "acme",
            BillPeriod.ALL,
            false,
            Optional.of("2026/1"),
            InvoiceTerms.read(TERMS.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }

  @Test
  void everyLineIsOnSomePage() throws Exception {
    byte[] json = invoice(100);
    byte[] pdf = BillDocuments.pdf(json);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int pages = document.getNumberOfPages();
      assertTrue(pages >= 3, pages + " pages");
      String text = new PDFTextStripper().getText(document);
      for (int i = 0; i < 100; i++) {
        assertTrue(text.contains("%012x".formatted(i)), "container " + i);
      }
      assertEquals(pages, text.split("Hour \\(UTC\\)", -1).length - 1, "a header on each page");
      assertTrue(text.contains("page " + pages + " of " + pages), text);
      assertTrue(
          text.contains("Seller: Hosts \"R\" Us GmbH, Straße 1, Köln ?, VAT id DE123"), text);
      assertTrue(text.contains("VAT 19.00 %"), text);
      String bill = new String(json, StandardCharsets.UTF_8);
      String gross = bill.replaceAll(".*\"gross\":\"([0-9.]+)\".*", "$1");
      assertTrue(text.contains("to pay " + gross + " NEX"), text);
    }
  }

  @Test
  void theSameInvoiceGivesTheSameBytes() throws Exception {
    assertArrayEquals(BillDocuments.pdf(invoice(40)), BillDocuments.pdf(invoice(40)));
  }

  @Test
  void anotherReaderReadsTheSame() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/pdftotext")), "needs pdftotext");
    Path file = directory.resolve("invoice.pdf");
    Files.write(file, BillDocuments.pdf(invoice(100)));
    Process reader =
        new ProcessBuilder("pdftotext", "-layout", file.toString(), "-")
            .redirectErrorStream(true)
            .start();
    String text = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, reader.waitFor(), text);
    for (int i = 0; i < 100; i++) {
      assertTrue(text.contains("%012x".formatted(i)), "container " + i);
    }
    assertTrue(text.contains("Invoice 2026/1"), text);
  }
}
