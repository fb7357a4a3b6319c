package io.metanode.node.duties;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;

/** Something to be done on a ledger, over and over. One thread calls it. */
public interface LedgerDuty {

  /** What waits while it cannot be done, such as {@code payments}. */
  String name();

  /**
   * Does what there is to do now.
   *
   * @throws IOException if the validator does not answer, or what is there is not what must be; it
   *     is tried again, perhaps with another validator
   */
  void pass(LedgerClient ledger) throws IOException;
}
