package io.metanode.economy;

import io.metanode.economy.billing.InvoiceText;
import io.metanode.foundation.Bytes32;

/**
 * An invoice that is handed to a tenant, and from then on is what the tenant owes for the
 * settlements in it.
 *
 * @param digest SHA-256 of the invoice
 * @param first the digest of its first settlement
 * @param last the digest of its last settlement
 * @param net the sum of its settlements, in minor units of NEX
 * @param gross what is to be paid
 */
public record InvoiceIssue(
    String tenant, Bytes32 digest, Bytes32 first, Bytes32 last, long net, long gross) {

  /**
   * What issuing an invoice says.
   *
   * @param json the invoice
   * @throws DocumentException if it is none, or its last hour is still open
   */
  public static InvoiceIssue of(byte[] json) throws DocumentException {
    return InvoiceText.issue(json);
  }
}
