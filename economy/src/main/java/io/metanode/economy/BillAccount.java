package io.metanode.economy;

import java.util.List;

/**
 * How much of some bills is paid, in minor units of NEX.
 *
 * @param asked what is to be paid in all
 * @param invoices the digests of the invoices among them, in hexadecimal digits
 */
public record BillAccount(long asked, long paid, List<String> invoices) {

  public BillAccount {
    invoices = List.copyOf(invoices);
  }

  public long owed() {
    return asked - paid;
  }
}
