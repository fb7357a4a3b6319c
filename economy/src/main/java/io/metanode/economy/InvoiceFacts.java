package io.metanode.economy;

import io.metanode.economy.billing.InvoiceText;

/**
 * What an invoice says of itself; what to look at before it can be checked.
 *
 * @param origin the log it is derived from
 * @param size how many receipts of that log
 */
public record InvoiceFacts(String tenant, String origin, long size) {

  /**
   * @throws DocumentException if it is no invoice, naming the place
   */
  public static InvoiceFacts read(byte[] json) throws DocumentException {
    InvoiceText text = InvoiceText.read(json);
    return new InvoiceFacts(text.tenant(), text.origin(), text.size());
  }
}
