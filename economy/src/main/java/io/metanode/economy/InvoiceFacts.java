package io.metanode.economy;

import io.metanode.economy.billing.InvoiceText;
import io.metanode.economy.billing.Settlement;

/**
 * What an invoice says of itself; what to look at before it can be checked.
 *
 * @param origin the log it is derived from
 * @param size how many receipts of that log
 * @param lastHourMillis when its last hour begins, in milliseconds since 1970
 */
public record InvoiceFacts(String tenant, String origin, long size, long lastHourMillis) {

  /**
   * @throws DocumentException if it is no invoice, naming the place
   */
  public static InvoiceFacts read(byte[] json) throws DocumentException {
    InvoiceText text = InvoiceText.read(json);
    return new InvoiceFacts(
        text.tenant(),
        text.origin(),
        text.size(),
        Math.max(0, text.to() - 1) * Settlement.HOUR_MILLIS);
  }
}
