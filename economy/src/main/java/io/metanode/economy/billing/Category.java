package io.metanode.economy.billing;

import io.metanode.economy.poe.Component;
import java.util.List;
import java.util.Locale;

/** What an invoice sums up, and may tax, by itself. */
enum Category {
  COMPUTE,
  STORAGE,
  NETWORK,
  RECEIPTS;

  private List<Component> components() {
    return switch (this) {
      case COMPUTE -> List.of(Component.CPU_MS, Component.MEMORY_MB_S);
      case STORAGE -> List.of(Component.STORAGE_GB_DAY);
      case NETWORK -> List.of(Component.EGRESS_MB);
      case RECEIPTS -> List.of(Component.RECEIPTS_COUNT);
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a line's usage of it costs, exactly. */
  Charge of(BillLine line, PriceList prices) {
    Charge charge = Charge.ZERO;
    for (Component component : components()) {
      charge = charge.plus(Charge.of(line.usage().of(component), prices.price(component)));
    }
    return charge;
  }
}
