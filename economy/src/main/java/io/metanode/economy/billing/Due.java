package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;

/**
 * What is to be paid for a bill, and what of it was.
 *
 * @param paid at most what is asked
 */
public record Due(Amount asked, Amount paid) {

  public Due {
    if (paid.compareTo(asked) > 0) {
      throw new IllegalArgumentException(paid + " were paid of " + asked);
    }
  }

  static Due of(Amount asked) {
    return new Due(asked, Amount.ZERO);
  }

  public Amount owed() {
    return asked.minus(paid);
  }

  public boolean isPaid() {
    return paid.equals(asked);
  }

  Due plus(Amount more) {
    return new Due(asked, paid.plus(more));
  }
}
