package io.metanode.node;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What the start-up cache is made from: a run that loads what real runs load. It starts no node and
 * leaves nothing behind.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Exercise the program for its start-up cache.")
final class TrainCommand implements Callable<Integer> {

  private static final List<String[]> RUNS =
      List.of(
          new String[] {"--version"},
          new String[] {"--help"},
          new String[] {"status"},
          new String[] {"status", "-o", "json"},
          new String[] {"up", "--help"});

  @Override
  public Integer call() {
    RUNS.forEach(run -> Main.commandLine().execute(run));
    return 0;
  }
}
