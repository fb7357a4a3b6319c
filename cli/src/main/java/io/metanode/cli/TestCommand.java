package io.metanode.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Named here for the help; in a source tree the launcher runs the tests without this program. */
@Command(name = "test", description = "Run everything CI runs (in a source tree).")
final class TestCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException(
        "the tests are in the source tree; clone it and run ./metanode test there");
  }
}
