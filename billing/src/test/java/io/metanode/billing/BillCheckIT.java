package io.metanode.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.BillPeriod;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.Prices;
import io.metanode.receipts.Account;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill of a real log, changed in every way: whatever is changed is found and named. */
class BillCheckIT {

  private static final String ORIGIN = "test.example/receipts";
  private static final int STRIDE = 7;
  private static final Account ACME = new Account("acme", "shop");
  private static final Account ZEN = new Account("zen", "secret-app");

  @TempDir Path home;

  private final VirtualClock clock = new VirtualClock();
  private final Gen gen = new Gen(7);
  private Path log = Path.of(".");
  private Path keys = Path.of(".");
  private byte[] bill = {};
  private BillBundle bundle = new BillBundle("", "", new byte[0], List.of());

  @BeforeEach
  void makeALog() throws IOException, io.metanode.economy.DocumentException {
    log = home.resolve("receipts");
    KeyDirectory keyFiles = new KeyDirectory(home.resolve("keys"), gen);
    try (ReceiptLog receipts = ReceiptLog.open(log, keyFiles, ORIGIN, clock)) {
      for (int hour = 0; hour < 3; hour++) {
        for (int i = 0; i < 4; i++) {
          clock.advance(Duration.ofMinutes(10));
          Usage usage =
              new Usage(gen.between(1, 1 << 30), gen.between(1, 1 << 30), 3, 77, 1_000_000);
          Account account = i % 2 == 0 ? ACME : ZEN;
          append(receipts, UsageSteps.used(account, "ab".repeat(32), usage, clock.now()));
        }
        clock.advance(Duration.ofMinutes(20));
        if (hour < 2) {
          long over = clock.now().getEpochSecond() / 3_600 - 1;
          append(
              receipts,
              BillReceipts.close(over, Prices.FIRST.digest(), UsageSteps.DIGEST, clock.now()));
        }
      }
      receipts.checkpointNow();
    }
    keys = Files.copy(log.resolve("log.vkey"), home.resolve("trusted"));
    LogReader reader = LogReader.open(log);
    bill = bill(reader, true, InvoiceTerms.NONE);
    bundle = BillBundle.of(reader, "acme", Prices.FIRST);
  }

  private static byte[] bill(LogReader reader, boolean interim, InvoiceTerms terms)
      throws IOException, io.metanode.economy.DocumentException {
    return LogMeter.of(reader, Prices.FIRST)
        .bills()
        .documents()
        .invoice("acme", BillPeriod.ALL, interim, Optional.empty(), terms)
        .orElseThrow();
  }

  private static void append(ReceiptLog log, Step step) throws IOException {
    try (Reservation room = log.reserve()) {
      room.append(step).awaitDurable();
    }
  }

  private BillCheck check() {
    return new BillCheck(keys, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theBillFollowsFromTheLogAndFromTheExcerpt() throws Exception {
    BillCheck.Result whole = check().againstLog(bill, log);
    assertEquals(List.of(), whole.findings());
    assertEquals(14, whole.receipts());
    BillBundle handedOver = BillBundle.read(bundle.json());
    BillCheck.Result excerpt = check().againstBundle(bill, handedOver);
    assertEquals(List.of(), excerpt.findings());
    assertEquals(8, excerpt.receipts(), "six of its own and the two that close hours");
    byte[] settled = bill(LogReader.open(log), false, InvoiceTerms.NONE);
    assertTrue(text(settled).contains("\"interim\":\"false\""));
    assertTrue(check().againstLog(settled, log).good());
    assertTrue(check().againstBundle(settled, bundle).good());
  }

  @Test
  void nothingOfAnotherTenantIsInTheExcerpt() {
    StringBuilder all = new StringBuilder();
    Matcher extra =
        Pattern.compile("extra ([A-Za-z0-9+/=]+)").matcher(String.join("\n", bundle.proofs()));
    while (extra.find()) {
      String entry = text(Base64.getDecoder().decode(extra.group(1)));
      Matcher payload = Pattern.compile("\"payload\":\"([^\"]+)\"").matcher(entry);
      assertTrue(payload.find());
      all.append(text(Base64.getDecoder().decode(payload.group(1))));
    }
    assertTrue(all.toString().contains("\"tenant\":\"acme\""));
    assertFalse(all.toString().contains("zen"));
    assertFalse(all.toString().contains("secret-app"));
  }

  @Test
  void everyByteOfTheBillMatters() throws IOException {
    BillCheck untaxed =
        new BillCheck(keys, Optional.empty(), Optional.empty(), Optional.of(InvoiceTerms.NONE));
    for (int i = gen.intBetween(0, STRIDE - 1); i < bill.length; i += STRIDE) {
      byte[] changed = bill.clone();
      changed[i] = (byte) (changed[i] == '7' ? '8' : '7');
      BillCheck.Result result = untaxed.againstBundle(changed, bundle);
      assertFalse(result.good(), "byte " + i);
      assertFalse(result.findings().getFirst().isBlank(), "byte " + i);
    }
  }

  @Test
  void whatDiffersIsNamed() throws IOException {
    String json = text(bill);
    assertNamed("/settlements/0/amount", json.replaceFirst("\"amount\":\"0", "\"amount\":\"9"));
    assertNamed("/settlements/0/at", json.replaceFirst("\"at\":\"4\"", "\"at\":\"5\""));
    assertNamed("/settlements/0/lines/0/app", json.replaceFirst("shop", "shap"));
    assertNamed("/number", json.replaceFirst("\"number\":\"", "\"number\":\"A"));
    assertNamed("/log/origin", json.replace(ORIGIN, "other.example/receipts"));
    assertNamed("/log/size", json.replaceFirst("\"size\":\"14\"", "\"size\":\"15\""));
    assertNamed("/prices", json.replaceFirst("\"prices\":\"..", "\"prices\":\"zz"));
    assertNamed("/settlements", json.replaceFirst("\"tenant\":\"acme\"", "\"tenant\":\"acne\""));
    assertNamed("not a bill", json.substring(1));
    assertNamed("", json.replaceFirst("\":", "\": "));
  }

  private void assertNamed(String where, String changed) throws IOException {
    assertFalse(changed.equals(text(bill)), where);
    for (BillCheck.Result result :
        List.of(
            check().againstLog(bytes(changed), log),
            check().againstBundle(bytes(changed), bundle))) {
      assertFalse(result.good(), where);
      String first = result.findings().getFirst();
      assertTrue(first.startsWith(where), first + " does not begin with " + where);
    }
  }

  @Test
  void everyPartOfTheExcerptMatters() throws IOException {
    for (int i = 0; i < bundle.proofs().size(); i++) {
      String proof = bundle.proofs().get(i);
      for (int at = 0; at < proof.length(); at += 37) {
        char other = proof.charAt(at) == 'x' ? 'y' : 'x';
        List<String> proofs = new ArrayList<>(bundle.proofs());
        proofs.set(i, proof.substring(0, at) + other + proof.substring(at + 1));
        assertWrong("/proofs/" + i, with(proofs));
      }
      List<String> dropped = new ArrayList<>(bundle.proofs());
      dropped.remove(i);
      assertWrong("/", with(dropped));
      List<String> twice = new ArrayList<>(bundle.proofs());
      twice.add(i, proof);
      assertWrong("/proofs/" + (i + 1) + ": not in the order", with(twice));
    }
    for (int at = 0; at < bundle.checkpoint().length(); at += 61) {
      String note = bundle.checkpoint();
      char other = note.charAt(at) == 'x' ? 'y' : 'x';
      String changed = note.substring(0, at) + other + note.substring(at + 1);
      assertWrong("checkpoint", new BillBundle("acme", changed, bundle.prices(), bundle.proofs()));
    }
    byte[] dearer = bytes(text(bundle.prices()).replace("0.000020000", "0.000020001"));
    assertWrong(
        "receipt 4: closes its hour under the price book",
        new BillBundle("acme", bundle.checkpoint(), dearer, bundle.proofs()));
  }

  private BillBundle with(List<String> proofs) {
    return new BillBundle("acme", bundle.checkpoint(), bundle.prices(), proofs);
  }

  private void assertWrong(String where, BillBundle changed) throws IOException {
    BillCheck.Result result = check().againstBundle(bill, changed);
    assertFalse(result.good(), where);
    String first = result.findings().getFirst();
    assertTrue(first.startsWith(where), first + " does not begin with " + where);
  }

  @Test
  void aLogThatWasChangedBillsNothing() throws IOException {
    Path entries = log.resolve("tile/entries/000.p/14");
    byte[] original = Files.readAllBytes(entries);
    for (int at = 0; at < original.length; at += 211) {
      byte[] changed = original.clone();
      changed[at] ^= 1;
      Files.write(entries, changed);
      BillCheck.Result result = check().againstLog(bill, log);
      assertFalse(result.good());
      assertTrue(String.join(" ", result.findings()).contains("tile/"), result.findings() + "");
    }
  }

  @Test
  void partiesAndTaxAreStatedUnlessTheTermsAreGiven() throws Exception {
    byte[] file =
        bytes(
            """
            {"type": "https://metanode.io/BillingTerms/v1", "seller": {"name": "Hosts", "address": []},
             "vat": {"compute": "1900"}}
            """);
    InvoiceTerms terms = InvoiceTerms.read(file);
    byte[] taxed = bill(LogReader.open(log), true, terms);
    assertTrue(check().againstLog(taxed, log).stated());
    BillCheck known = new BillCheck(keys, Optional.empty(), Optional.empty(), Optional.of(terms));
    assertTrue(known.againstLog(taxed, log).good());
    assertFalse(known.againstLog(taxed, log).stated());
    byte[] other = bytes(text(taxed).replace("\"name\":\"Hosts\"", "\"name\":\"Ghosts\""));
    assertEquals(
        List.of("/seller/name: expected Hosts, found Ghosts"),
        known.againstLog(other, log).findings());
    byte[] vat =
        bytes(text(taxed).replaceFirst("\"basisPoints\":\"1900\"", "\"basisPoints\":\"1700\""));
    assertTrue(check().againstLog(vat, log).findings().getFirst().startsWith("/"));
  }

  @Test
  void anotherKeyIsNotBelieved() throws IOException {
    Path otherLog = home.resolve("other");
    KeyDirectory otherKeys = new KeyDirectory(home.resolve("otherkeys"), gen);
    ReceiptLog.open(otherLog, otherKeys, ORIGIN, clock).close();
    BillCheck check =
        new BillCheck(
            otherLog.resolve("log.vkey"), Optional.empty(), Optional.empty(), Optional.empty());
    assertFalse(check.againstLog(bill, log).good());
    assertFalse(check.againstBundle(bill, bundle).good());
  }
}
