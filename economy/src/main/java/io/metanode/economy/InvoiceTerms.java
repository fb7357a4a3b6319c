package io.metanode.economy;

import io.metanode.economy.billing.Terms;
import java.util.Optional;

/** The seller's file of terms: who sells and buys, and which VAT applies. */
public final class InvoiceTerms {

  /** Nobody named, nothing taxed. */
  public static final InvoiceTerms NONE = new InvoiceTerms(Optional.empty());

  private final Optional<byte[]> json;

  private InvoiceTerms(Optional<byte[]> json) {
    this.json = json;
  }

  /**
   * Reads the file (docs/formats/billing.md).
   *
   * @throws DocumentException if it is none, naming the place
   */
  public static InvoiceTerms read(byte[] json) throws DocumentException {
    InvoiceTerms terms = new InvoiceTerms(Optional.of(json.clone()));
    terms.of("any");
    return terms;
  }

  Terms of(String tenant) throws DocumentException {
    return json.isPresent() ? Terms.of(json.get(), tenant) : Terms.NONE;
  }
}
