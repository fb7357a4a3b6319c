package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.cli.ledger.Printed;
import io.metanode.cli.ledger.Submission;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.SigningException;
import io.metanode.economy.EconomyRequests;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** Signs a request to the economy, submits it, waits until it is final and prints the outcome. */
final class RequestSubmission {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  /** Makes the request. */
  interface Maker {
    LedgerTransactions.Signed make(EconomyRequests requests, Ed25519PublicKey sender)
        throws SigningException;
  }

  int submit(CommandSpec spec, Maker maker) throws IOException {
    return submit(spec, Printed.object(), maker);
  }

  /**
   * Submits.
   *
   * @param told what the answer tells besides; read once it is final
   * @return the exit code
   */
  int submit(CommandSpec spec, ObjectNode told, Maker maker) throws IOException {
    try {
      return Answered.print(
          spec,
          printed,
          submission.submit(
              (transactions, sender, place) ->
                  maker.make(new EconomyRequests(transactions, sender, place), sender.publicKey())),
          told);
    } catch (IllegalArgumentException e) {
      throw new CommandException("nothing was submitted: " + e.getMessage(), e);
    }
  }
}
