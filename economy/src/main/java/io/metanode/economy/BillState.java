package io.metanode.economy;

import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.TenantBills;
import io.metanode.economy.billing.TenantState;
import java.util.SortedMap;

/**
 * What is kept of bills from one closed hour to the next.
 *
 * @param resume the index of the first receipt that is still to be looked at
 * @param counted what receipts before it say of payments and invoices is in it
 */
record BillState(Closed closed, long resume, long counted, SortedMap<String, TenantBills> tenants) {

  byte[] write(String origin) {
    return TenantState.write(
        origin,
        new TenantState.Position(closed.hour(), closed.at(), closed.prices(), resume, counted),
        tenants);
  }

  static BillState read(byte[] json, String origin, Prices prices) throws DocumentException {
    PriceBook book = prices.book();
    TenantState read = TenantState.read(json, book);
    TenantState.Position position = read.position();
    if (!read.origin().equals(origin)) {
      throw new DocumentException("the bills are of the log " + read.origin());
    }
    if (!prices.follows(position.prices(), position.hour())) {
      throw new DocumentException(
          "the last hour was closed under the price book sha256:"
              + position.prices()
              + ", which cannot have become this one");
    }
    return new BillState(
        new Closed(position.hour(), position.at(), position.prices()),
        position.resume(),
        position.counted(),
        read.tenants());
  }
}
