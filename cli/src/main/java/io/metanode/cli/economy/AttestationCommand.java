package io.metanode.cli.economy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Attests the gold behind AUR. */
@Command(
    name = "attestation",
    description =
        "Attest the gold behind AUR: one makes the file, each notary signs it with a key of his own, "
            + "anyone submits it.",
    subcommands = {
      AttestationNewCommand.class,
      AttestationSignCommand.class,
      AttestationSubmitCommand.class
    })
final class AttestationCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
