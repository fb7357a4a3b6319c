package io.metanode.comparison;

import io.metanode.cli.CommandException;
import java.io.PrintStream;
import picocli.CommandLine;

/** {@code metanode bench peers}, which only a source tree has. */
final class PeersMain {

  private PeersMain() {}

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new PeersBench());
    command.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (failure instanceof CommandException) {
            PrintStream err = System.err;
            err.println("metanode: " + failure.getMessage());
            return 1;
          }
          throw failure;
        });
    System.exit(command.execute(arguments));
  }
}
