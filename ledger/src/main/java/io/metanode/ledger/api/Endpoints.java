package io.metanode.ledger.api;

import java.io.IOException;

/** A group of endpoints. */
interface Endpoints {

  /**
   * Answers a call, if it is one of the group's.
   *
   * @return whether it was
   */
  boolean answer(Call call) throws IOException, Problem;
}
