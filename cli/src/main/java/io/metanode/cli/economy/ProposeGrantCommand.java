package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes that a purse pays. */
@Command(
    name = "grant",
    description = "Propose that a purse, such as TREASURY or GRANTS, pays an account.")
final class ProposeGrantCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Parameters(index = "0", paramLabel = "PURSE", description = "such as TREASURY")
  String purse = "";

  @Parameters(index = "1", paramLabel = "TOKEN", description = "GEN, NEX, FLX or AUR")
  String token = "";

  @Parameters(index = "2", paramLabel = "ACCOUNT", description = "to be paid, 64 digits")
  String account = "";

  @Parameters(index = "3", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    String asset = Words.token(token);
    Bytes32 paid = Words.id(account, "an account");
    long units = Words.units(amount);
    return proposal.submit(spec, proposals -> proposals.grant(purse, asset, paid, units));
  }
}
