package io.metanode.node;

import io.metanode.cli.Metanode;
import io.metanode.cli.Version;
import io.metanode.node.logblocks.PipelineBench;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The program: the command line with the commands that run a node. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. The version is told without a command line. */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(new Version().getVersion()[0]);
      return;
    }
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The command line that some arguments need. */
  static CommandLine commandLine(String... arguments) {
    CommandLine line =
        Metanode.commandLine(List.of(UpCommand.class, TrainCommand.class), arguments);
    Optional.ofNullable(line.getSubcommands().get("bench"))
        .ifPresent(bench -> bench.addSubcommand(new PipelineBench()));
    return line;
  }
}
