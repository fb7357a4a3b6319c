package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes that a bank may hold AUR. */
@Command(
    name = "bank",
    description = "Propose that a bank may hold AUR, which opens its account, or is frozen.")
final class ProposeBankCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Parameters(index = "0", paramLabel = "KEY", description = "of the bank, 64 digits")
  String key = "";

  @Parameters(index = "1", paramLabel = "SWITCH", description = "on or off")
  String word = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 owner = Words.id(key, "a key");
    boolean on = Words.on(word);
    return proposal.submit(spec, proposals -> proposals.bank(owner, on));
  }
}
