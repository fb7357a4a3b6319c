package io.metanode.node;

import io.metanode.cli.Metanode;
import picocli.CommandLine;

/** The program: the command line with the commands that run a node. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = Metanode.commandLine();
    line.addSubcommand(new UpCommand());
    line.addSubcommand(new TrainCommand());
    return line;
  }
}
