package io.metanode.cli.economy;

import io.metanode.economy.EconomyTransactions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Closes an account. */
@Command(
    name = "close",
    description = "Close an account of the sender that holds nothing, for ever. Exit 1: not done.")
final class CloseCommand implements Callable<Integer> {

  @Mixin OwnAccountStep step = new OwnAccountStep();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return step.submit(spec, EconomyTransactions::close);
  }
}
