package io.metanode.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proofs. */
@Command(
    name = "proof",
    description = "Get proofs from a validator; verify them offline.",
    subcommands = {GetProofCommand.class, VerifyProofCommand.class})
final class ProofCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
