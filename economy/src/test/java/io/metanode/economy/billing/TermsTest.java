package io.metanode.economy.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.DocumentException;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TermsTest {

  private static final String FILE =
      """
      {"type": "https://metanode.io/BillingTerms/v1",
       "seller": {"name": "Hosts \\"R\\" Us GmbH", "address": ["Straße 1", "Köln"], "vatId": "DE1"},
       "buyers": {
         "acme": {"name": "Acme", "address": [], "vatId": "FR2", "reverseCharge": "true"},
         "home": {"name": "Home", "address": []}},
       "vat": {"compute": "1900", "storage": "700"}}
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void vatByCategoryRoundsHalfUp() throws DocumentException {
    Terms terms = Terms.of(bytes(FILE), "home");
    // 26 minor units at 19 % are 4.94, 50 at 7 % are 3.5.
    Map<Category, Charge> charges =
        Map.of(
            Category.COMPUTE, Charge.of(Usage.MILLIONTHS, new Amount(26)),
            Category.STORAGE, Charge.of(Usage.MILLIONTHS, new Amount(50)));
    List<Tax> tax = Tax.of(new Amount(76), charges, terms);
    assertEquals(new Tax(Category.COMPUTE, new Amount(26), 1_900, new Amount(5)), tax.get(0));
    assertEquals(new Tax(Category.STORAGE, new Amount(50), 700, new Amount(4)), tax.get(1));
    assertEquals(new Tax(Category.NETWORK, Amount.ZERO, 0, Amount.ZERO), tax.get(2));
  }

  @Test
  void unitsThatLackGoToWhoLostMost() {
    Map<Category, Charge> charges =
        Map.of(
            Category.COMPUTE, Charge.of(1_600_000, new Amount(1)),
            Category.NETWORK, Charge.of(1_900_000, new Amount(1)));
    List<Tax> tax = Tax.of(new Amount(3), charges, Terms.NONE);
    assertEquals(List.of(1L, 0L, 2L, 0L), tax.stream().map(t -> t.net().units()).toList());
  }

  @Test
  void reverseChargeTaxesNothingAndNeedsBothVatIds() throws DocumentException {
    Terms terms = Terms.of(bytes(FILE), "acme");
    assertTrue(terms.reverseCharge());
    assertEquals(0, terms.rate(Category.COMPUTE));
    assertThrows(
        DocumentException.class,
        () -> Terms.of(bytes(FILE.replace(", \"vatId\": \"FR2\"", "")), "acme"));
    assertEquals(Optional.empty(), Terms.of(bytes(FILE), "nobody").buyer());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertEquals("/vat/compute: is more than 10000 basis points", wrong("\"1900\"", "\"10001\""));
    assertEquals("/vat/compute: is no number in a text: 1.9", wrong("\"1900\"", "\"1.9\""));
    assertEquals(
        "/vat/gold: is no category; they are compute, storage, network, receipts",
        wrong("\"compute\"", "\"gold\""));
    assertTrue(wrong("Köln", "K\\n").startsWith("/seller/address: "));
    assertTrue(wrong("\"name\": \"Home\"", "\"name\": 7").startsWith("/buyers/home/name: "));
    assertTrue(wrong("\"seller\"", "\"vendor\"").startsWith("/vendor: is unknown"));
  }

  private static String wrong(String from, String to) {
    byte[] json = bytes(FILE.replace(from, to));
    return String.valueOf(
        assertThrows(DocumentException.class, () -> Terms.of(json, "home")).getMessage());
  }

  @Test
  void textsAreEscapedAsRfc8785Does() throws DocumentException {
    byte[] json = Terms.of(bytes(FILE), "home").seller().orElseThrow().json().bytes();
    assertEquals(
        "{\"address\":[\"Straße 1\",\"Köln\"],\"name\":\"Hosts \\\"R\\\" Us GmbH\",\"vatId\":\"DE1\"}",
        new String(json, StandardCharsets.UTF_8));
  }
}
