package io.metanode.economy;

import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.machine.Batch;
import io.metanode.economy.machine.Names;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.Step;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A transfer that moved something, at once or by posting what was held, and says what it is for.
 *
 * @param transfer the id under which the ledger keeps it
 * @param memo what it is for
 */
public record LedgerPayment(Bytes32 transfer, Bytes32 memo) {

  /** The kind of operation that may hold some. */
  public static final int KIND = Operation.STEPS;

  /**
   * Those of an operation that was applied.
   *
   * @param sender of its transaction
   * @param payload of an operation of kind {@link #KIND}
   * @throws IOException if it is no such payload
   */
  public static List<LedgerPayment> in(Bytes32 sender, Bytes payload) throws IOException {
    List<LedgerPayment> payments = new ArrayList<>();
    try {
      for (Step step : Batch.decode(payload).steps()) {
        if (step instanceof Step.Move move) {
          add(sender, move.transfer(), payments);
        }
      }
    } catch (DecodingException e) {
      throw new IOException("steps that cannot be read: " + e.getMessage(), e);
    }
    return payments;
  }

  private static void add(Bytes32 sender, Transfer transfer, List<LedgerPayment> payments) {
    Bytes32 memo =
        switch (transfer) {
          case Transfer.Direct direct -> direct.movement().memo();
          case Transfer.PostPending post -> post.memo();
          case Transfer.Pending _, Transfer.VoidPending _ -> Bytes32.ZERO;
        };
    if (!memo.equals(Bytes32.ZERO)) {
      TransferId id = Names.transfer(sender, transfer.id());
      payments.add(new LedgerPayment(id.value(), memo));
    }
  }
}
