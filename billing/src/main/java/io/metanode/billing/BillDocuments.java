package io.metanode.billing;

import io.metanode.billing.pdf.InvoicePdf;
import java.io.IOException;

/** Other forms of a bill. */
public final class BillDocuments {

  private BillDocuments() {}

  /** The bill as a PDF; the same bill gives the same bytes. */
  public static byte[] pdf(byte[] bill) throws IOException {
    return InvoicePdf.of(bill);
  }
}
