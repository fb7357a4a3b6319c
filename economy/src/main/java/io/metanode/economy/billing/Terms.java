package io.metanode.economy.billing;

import io.metanode.economy.DocumentException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an invoice says that no receipt does: who sells and buys, and which VAT applies.
 *
 * @param reverseCharge whether the buyer owes the VAT instead of the seller
 * @param basisPoints VAT by category, in hundredths of a percent; what is not there is 0
 */
public record Terms(
    Optional<Party> seller,
    Optional<Party> buyer,
    boolean reverseCharge,
    Map<Category, Integer> basisPoints) {

  /** Nobody named, nothing taxed. */
  public static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), false, Map.of());

  private static final String TYPE = "https://metanode.io/BillingTerms/v1";
  private static final int MOST_BASIS_POINTS = 10_000;

  public Terms {
    EnumMap<Category, Integer> rates = new EnumMap<>(Category.class);
    rates.putAll(basisPoints);
    basisPoints = Collections.unmodifiableMap(rates);
  }

  /** The rate that applies: none where the buyer owes the tax. */
  int rate(Category category) {
    return reverseCharge ? 0 : basisPoints.getOrDefault(category, 0);
  }

  /** Whether they name nobody and tax nothing. */
  boolean isSilent() {
    return seller.isEmpty()
        && buyer.isEmpty()
        && !reverseCharge
        && basisPoints.values().stream().allMatch(rate -> rate == 0);
  }

  /**
   * Reads the seller's file of terms, for one buyer (docs/formats/billing.md).
   *
   * @throws DocumentException if it is none, naming the place
   */
  public static Terms of(byte[] json, String tenant) throws DocumentException {
    Document document = Document.parse(json, TYPE);
    document.requireOnly(List.of("buyers", "seller", "type", "vat"));
    Optional<Document> seller = document.optional("seller");
    Optional<Document> buyers = document.optional("buyers");
    Optional<Document> buyer =
        buyers.isPresent() ? buyers.get().optional(tenant) : Optional.empty();
    Optional<Document> vat = document.optional("vat");
    Optional<Party> sold = seller.isPresent() ? read(seller.get()) : Optional.empty();
    if (buyer.isEmpty()) {
      return new Terms(sold, Optional.empty(), false, rates(vat));
    }
    Party bought = Party.read(buyer.get(), List.of("address", "name", "reverseCharge", "vatId"));
    boolean reverse = buyer.get().has("reverseCharge") && buyer.get().flag("reverseCharge");
    return checked(new Terms(sold, Optional.of(bought), reverse, rates(vat)), buyer.get());
  }

  /** The terms that an invoice itself states. */
  static Terms ofInvoice(Document invoice) throws DocumentException {
    Optional<Document> seller = invoice.optional("seller");
    Optional<Document> buyer = invoice.optional("buyer");
    EnumMap<Category, Integer> rates = new EnumMap<>(Category.class);
    for (Document line : invoice.items("tax")) {
      rates.put(category(line, line.text("category")), basisPoints(line, "basisPoints"));
    }
    Terms terms =
        new Terms(
            seller.isPresent() ? read(seller.get()) : Optional.empty(),
            buyer.isPresent() ? read(buyer.get()) : Optional.empty(),
            invoice.flag("reverseCharge"),
            rates);
    return checked(terms, invoice);
  }

  private static Optional<Party> read(Document party) throws DocumentException {
    return Optional.of(Party.read(party));
  }

  private static Terms checked(Terms terms, Document where) throws DocumentException {
    boolean named =
        terms.buyer.map(b -> !b.vatId().isEmpty()).orElse(false)
            && terms.seller.map(s -> !s.vatId().isEmpty()).orElse(false);
    if (terms.reverseCharge && !named) {
      throw where.wrong("reverseCharge", "needs the VAT ids of both the seller and the buyer");
    }
    return terms;
  }

  private static Map<Category, Integer> rates(Optional<Document> vat) throws DocumentException {
    EnumMap<Category, Integer> rates = new EnumMap<>(Category.class);
    if (vat.isPresent()) {
      for (String name : vat.get().json().propertyNames()) {
        rates.put(category(vat.get(), name), basisPoints(vat.get(), name));
      }
    }
    return rates;
  }

  private static Category category(Document where, String name) throws DocumentException {
    for (Category category : Category.values()) {
      if (category.text().equals(name)) {
        return category;
      }
    }
    throw where.wrong(name, "is no category; they are compute, storage, network, receipts");
  }

  private static int basisPoints(Document where, String member) throws DocumentException {
    long value = where.number(member);
    if (value > MOST_BASIS_POINTS) {
      throw where.wrong(member, "is more than " + MOST_BASIS_POINTS + " basis points");
    }
    return (int) value;
  }
}
