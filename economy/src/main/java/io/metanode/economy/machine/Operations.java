package io.metanode.economy.machine;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleState;

/** Performs operations. */
public final class Operations {

  private Operations() {}

  /**
   * Performs one; the state is to be forgotten unless the answer is 0.
   *
   * @return 0 or a result code of docs/formats/accounts.md
   */
  public static int perform(
      ModuleContext context, Bytes32 sender, Operation operation, ModuleState state) {
    Session session = new Session(context, state);
    int code;
    try {
      code =
          switch (operation) {
            case Operation.DoSteps steps -> new Steps(sender, session).perform(steps.batch());
            case Operation.ClaimWindow claim -> Claims.perform(sender, claim.claim(), session);
            case Operation.Propose propose -> Governance.propose(sender, propose, session);
            case Operation.Vote vote -> Governance.vote(sender, vote, session);
            case Operation.Close close -> Governance.close(close, session);
            case Operation.Attest attest -> Gold.attest(attest.attestation(), session);
            case Operation.IssueAur issue -> Gold.issue(sender, issue.issue(), session);
            case Operation.RedeemAur redeem -> Gold.redeem(sender, redeem.issue(), session);
            case Operation.Quote quote -> Prices.quote(sender, quote.price(), session);
          };
    } catch (ArithmeticException e) {
      return StepStatus.SUM_TOO_LARGE.code();
    }
    if (code == 0) {
      session.write();
    }
    return code;
  }
}
