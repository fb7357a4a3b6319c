package io.metanode.economy.machine;

import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleState;

/** What happens by itself at the beginning of a block. */
public final class Blocks {

  /** The most places of the queue of expiry that a block looks at. */
  private static final int MOST_EXPIRED = 4096;

  private Blocks() {}

  public static void begin(ModuleContext context, ModuleState state) {
    Session session = new Session(context, state);
    if (!Founding.isDone(session)) {
      Founding.perform(session);
    }
    Epochs.begin(session);
    session.ledger().expire(session.now(), MOST_EXPIRED);
    session.write();
  }
}
