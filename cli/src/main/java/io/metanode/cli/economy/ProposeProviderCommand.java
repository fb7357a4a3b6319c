package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Proposes that a log's owner is rewarded. */
@Command(
    name = "provider",
    description = "Propose that the work of a log's owner is rewarded, or no longer.")
final class ProposeProviderCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Mixin KeySwitch named = new KeySwitch();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 owner = named.owner();
    boolean on = named.on();
    return proposal.submit(spec, proposals -> proposals.provider(owner, on));
  }
}
