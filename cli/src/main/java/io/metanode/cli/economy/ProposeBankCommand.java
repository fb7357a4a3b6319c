package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Proposes that a bank may hold AUR. */
@Command(
    name = "bank",
    description = "Propose that a bank may hold AUR, which opens its account, or is frozen.")
final class ProposeBankCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Mixin KeySwitch named = new KeySwitch();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 owner = named.owner();
    boolean on = named.on();
    return proposal.submit(spec, proposals -> proposals.bank(owner, on));
  }
}
