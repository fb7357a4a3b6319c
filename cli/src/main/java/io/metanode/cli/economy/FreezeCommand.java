package io.metanode.cli.economy;

import io.metanode.economy.EconomyTransactions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets nothing leave an account. */
@Command(
    name = "freeze",
    description = "Let nothing leave an account of the sender. Exit 1: not done.")
final class FreezeCommand implements Callable<Integer> {

  @Mixin OwnAccountStep step = new OwnAccountStep();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return step.submit(spec, EconomyTransactions::freeze);
  }
}
