package io.metanode.cli.receipts;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log. */
final class LogOption {

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "the log's directory (default: receipts in METANODE_HOME)")
  @Nullable Path directory;

  Path directory() {
    return directory != null ? directory : NodeHome.fromEnvironment().receiptsDirectory();
  }

  LogReader open() throws IOException {
    if (Files.notExists(directory().resolve("checkpoint"))) {
      throw new CommandException(
          "no receipts in " + directory() + ": start a node (metanode up) or name a log (--log)");
    }
    return LogReader.open(directory());
  }
}
