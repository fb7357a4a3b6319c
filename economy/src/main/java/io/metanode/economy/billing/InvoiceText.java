package io.metanode.economy.billing;

import io.metanode.crypto.Sha256;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceIssue;
import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An invoice as somebody handed it over: what it says of itself, nothing of which is believed.
 *
 * @param size how many receipts of the log it says it is derived from
 * @param from its first hour, since 1970
 * @param to the hour after its last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InvoiceText(
    byte[] bytes,
    String number,
    String tenant,
    String origin,
    long size,
    long from,
    long to,
    boolean interim,
    Terms terms) {

  /**
   * @throws DocumentException if it is no invoice, naming the place
   */
  public static InvoiceText read(byte[] bytes) throws DocumentException {
    Document document = Document.parse(bytes, Invoice.TYPE);
    Document log = document.object("log");
    String tenant = document.text("tenant");
    if (!MeterKey.isName(tenant) || !MeterKey.isName(document.text("number"))) {
      throw document.wrong("tenant", "or number is no name");
    }
    return new InvoiceText(
        bytes,
        document.text("number"),
        tenant,
        log.text("origin"),
        log.number("size"),
        document.millis("from") / Settlement.HOUR_MILLIS,
        document.millis("to") / Settlement.HOUR_MILLIS,
        document.flag("interim"),
        Terms.ofInvoice(document));
  }

  /**
   * What issuing an invoice says of it.
   *
   * @throws DocumentException if it is no invoice, or its last hour is still open
   */
  public static InvoiceIssue issue(byte[] bytes) throws DocumentException {
    InvoiceText text = read(bytes);
    Document document = Document.parse(bytes, Invoice.TYPE);
    if (text.interim()) {
      throw document.wrong("interim", "an hour that is still open is not issued (--settled)");
    }
    List<Document> settlements = document.items("settlements");
    if (settlements.isEmpty()) {
      throw document.wrong("settlements", "is empty");
    }
    return new InvoiceIssue(
        text.tenant(),
        Bytes32.of(Sha256.of(bytes)),
        settlements.getFirst().hash("digest"),
        settlements.getLast().hash("digest"),
        document.amount("net").units(),
        document.amount("gross").units());
  }

  /** Where it first differs from what was derived; empty if it does not, to the last byte. */
  public Optional<Difference> difference(Invoice derived) throws DocumentException {
    byte[] expected = derived.json();
    if (Arrays.equals(expected, bytes)) {
      return Optional.empty();
    }
    Optional<Difference> difference =
        Difference.between(Document.parse(expected).json(), Document.parse(bytes).json());
    return difference.isPresent()
        ? difference
        : Optional.of(new Difference("", "canonical JSON (RFC 8785)", "the same in another form"));
  }

  /** Whether it states what no receipt proves: parties, or tax. */
  public boolean hasTerms() {
    return !terms.isSilent();
  }
}
