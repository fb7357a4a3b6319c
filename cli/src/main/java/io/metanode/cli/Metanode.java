package io.metanode.cli;

import io.metanode.cli.bench.BenchCommand;
import io.metanode.cli.bill.BillCommand;
import io.metanode.cli.doctor.DoctorCommand;
import io.metanode.cli.economy.EconomyCommand;
import io.metanode.cli.image.ImageCommand;
import io.metanode.cli.ledger.LedgerCommand;
import io.metanode.cli.quickstart.QuickstartCommand;
import io.metanode.cli.receipts.ReceiptsCommand;
import io.metanode.ledger.LedgerClient;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage; {@code status} also
 * has 3, not running.
 */
@Command(
    name = "metanode",
    description = "Containers you can prove.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "METANODE_HOME names the data directory (default /var/lib/metanode for root,",
      "~/.metanode for others). New here? Try: metanode quickstart"
    })
public final class Metanode implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          QuickstartCommand.class,
          StatusCommand.class,
          ReceiptsCommand.class,
          ImageCommand.class,
          BillCommand.class,
          LedgerCommand.class,
          EconomyCommand.class,
          DoctorCommand.class,
          DownCommand.class,
          LogsCommand.class,
          BenchCommand.class,
          VersionCommand.class,
          TestCommand.class,
          SimulateCommand.class,
          CompletionCommand.class);

  @Spec CommandSpec spec = CommandSpec.create();

  /** The command line with all its commands, but for those that run a node. */
  public static CommandLine commandLine() {
    return commandLine(List.of());
  }

  /**
   * The command line that some arguments need: where the first of them names a command, that one
   * alone. To make all takes longer than most of them take, and a node would hold them as long as
   * it runs.
   *
   * @param more commands besides
   */
  public static CommandLine commandLine(List<Class<?>> more, String... arguments) {
    CommandLine line = new CommandLine(new Metanode());
    List<Class<?>> all = Stream.concat(COMMANDS.stream(), more.stream()).toList();
    List<Class<?>> named = all.stream().filter(command -> isNamed(command, arguments)).toList();
    (named.isEmpty() ? all : named).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          command.getErr().println("metanode: " + sentence(error));
          if (System.getenv("METANODE_DEBUG") != null) {
            error.printStackTrace(command.getErr());
          }
          return 1;
        });
    return line;
  }

  /** The completion of a shell has all commands in it. */
  private static boolean isNamed(Class<?> command, String... arguments) {
    return arguments.length > 0
        && command != CompletionCommand.class
        && command.getAnnotation(Command.class).name().equals(arguments[0]);
  }

  private static String sentence(Exception error) {
    String message = String.valueOf(error.getMessage());
    return switch (error) {
      case CommandException told -> message;
      case LedgerClient.RefusedException refused -> "the validator refuses: " + message;
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException told when told.getReason() != null -> message;
      default -> error.getClass().getSimpleName() + ": " + message;
    };
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
