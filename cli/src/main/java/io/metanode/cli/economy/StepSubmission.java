package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.cli.ledger.Submission;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs a step for the economy, submits it, waits until it is final and prints what came of it. */
final class StepSubmission {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Option(
      names = "--reference",
      paramLabel = "HEX",
      description = "the transfer's, chosen once: asking again with it moves nothing twice")
  @Nullable String reference;

  /** Adds the step. */
  interface Maker {
    void add(EconomyTransactions steps, Ed25519PublicKey sender, Bytes32 reference);
  }

  /** What the answer tells besides, by its name. */
  interface Told {
    Bytes32 id(Ed25519PublicKey sender, Bytes32 reference);
  }

  /** Does one step on an account, which the answer names. */
  int change(CommandSpec spec, Maker maker, Told account) throws IOException {
    return submit(spec, maker, "account", account);
  }

  /** Makes a transfer; the answer tells its id. */
  int transfer(CommandSpec spec, Maker maker) throws IOException {
    return submit(spec, maker, "transfer", EconomyTransactions::transfer);
  }

  private int submit(CommandSpec spec, Maker maker, String name, Told told) throws IOException {
    Bytes32 chosen = Words.orFresh(reference, "a reference");
    ObjectNode more = Printed.object();
    JsonNode answer =
        submission.submit(
            (transactions, sender, place) -> {
              EconomyTransactions steps = new EconomyTransactions();
              maker.add(steps, sender.publicKey(), chosen);
              more.put(name, told.id(sender.publicKey(), chosen).toString());
              return steps.sign(transactions, sender, place);
            });
    return Answered.print(spec, printed, answer, more);
  }
}
