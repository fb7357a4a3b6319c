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
    },
    subcommands = {
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
      CompletionCommand.class,
    })
public final class Metanode implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  /** The command line; the node adds the commands that run one. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Metanode());
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
