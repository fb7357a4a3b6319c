package io.metanode.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Named here for the help; in a source tree the launcher runs the simulator without this program.
 */
@Command(
    name = "simulate",
    description = "Run whole networks of validators in virtual time (in a source tree).",
    footer = {
      "",
      "--seeds N   how many networks (default 1000; 10,000 a night)",
      "--first S   the first one's seed (default 1)",
      "--seed S    replay one, and show its trace",
      "--core      the consensus core alone, not whole validators",
      "--threads T at once (default: one a processor)",
      "--nightly   networks that no night before had, of both kinds; then all states",
      "--states    every state that the core can reach in few rounds",
      "--economy   years of the economy"
    })
final class SimulateCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException(
        "the simulator is in the source tree; clone it and run ./metanode simulate there");
  }
}
