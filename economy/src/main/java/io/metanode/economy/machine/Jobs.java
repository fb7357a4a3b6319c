package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferRecord;
import io.metanode.economy.money.Amount;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.JobPayment;
import io.metanode.economy.supply.MinerReserve;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/**
 * The fee on jobs: whoever is paid for one, at once or by posting what was held, pays the shares of
 * {@link io.metanode.economy.supply.FeeSplit} in the same step, and keeps the rest.
 */
final class Jobs {

  private Jobs() {}

  /**
   * Takes the fee for a transfer that was done, if it pays for a job.
   *
   * @param amount that it moved
   * @return 0, or the code of why not
   */
  static int settle(Transfer done, Amount amount, Session session) {
    Optional<Movement> movement = paid(done, session).filter(m -> m.code() == Codes.JOB);
    if (movement.isEmpty() || amount.isZero()) {
      return 0;
    }
    AccountId miner = movement.get().credit();
    openReserve(miner, session);
    return JobPayment.charge(done.id(), miner, amount, session.ledger(), session.now())
        .status()
        .code();
  }

  private static Optional<Movement> paid(Transfer done, Session session) {
    return switch (done) {
      case Transfer.Direct direct -> Optional.of(direct.movement());
      case Transfer.PostPending post ->
          session
              .ledger()
              .transfer(post.pending())
              .map(TransferRecord::request)
              .map(request -> ((Transfer.Pending) request).movement());
      case Transfer.Pending _, Transfer.VoidPending _ -> Optional.empty();
    };
  }

  private static void openReserve(AccountId miner, Session session) {
    AccountTerms reserve = MinerReserve.account(miner, session.now());
    Bytes32 owner =
        session
            .owner(miner)
            .orElseThrow(() -> new IllegalStateException(miner + " is paid and nobody's"));
    AccountStatus status = Accounts.open(owner, reserve, session);
    if (status != AccountStatus.OK && status != AccountStatus.EXISTS) {
      throw new IllegalStateException("the reserve of " + miner + ": " + status);
    }
  }
}
