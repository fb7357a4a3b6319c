package io.metanode.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the node's own log. */
@Command(name = "logs", description = "Show the node's own log (as a daemon).")
final class LogsCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(200);

  @Option(
      names = {"-f", "--follow"},
      description = "go on as the log grows")
  boolean follow;

  @Option(
      names = {"-n", "--lines"},
      description = "how many of the last lines (default ${DEFAULT-VALUE})",
      defaultValue = "100")
  int lines = 100;

  @Override
  public Integer call() throws IOException {
    Path file = NodeHome.fromEnvironment().logFile();
    long shown;
    try {
      List<String> all = Files.readAllLines(file);
      shown = Files.size(file);
      all.subList(Math.max(0, all.size() - lines), all.size()).forEach(System.out::println);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          "there is no log at " + file + ": a node in the foreground logs to its terminal", e);
    }
    while (follow) {
      LockSupport.parkNanos(POLL.toNanos());
      shown = copyFrom(file, shown, System.out);
    }
    return 0;
  }

  /** Copies what came after an offset; a file that shrank was rotated and is read anew. */
  private static long copyFrom(Path file, long offset, OutputStream out) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = log.length() < offset ? 0 : offset;
      log.seek(from);
      byte[] fresh = new byte[(int) Math.min(log.length() - from, 1 << 20)];
      log.readFully(fresh);
      out.write(fresh);
      out.flush();
      return from + fresh.length;
    } catch (java.io.FileNotFoundException e) {
      return 0;
    }
  }
}
