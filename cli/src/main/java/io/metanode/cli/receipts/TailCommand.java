package io.metanode.cli.receipts;

import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The last receipts, and those to come. */
@Command(
    name = "tail",
    description = "Show the last receipts; * marks those not yet under a checkpoint.")
final class TailCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(250);

  @Mixin LogOption log = new LogOption();

  @Option(names = "-n", paramLabel = "N", description = "how many (default 10)")
  long count = 10;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with new ones until interrupted")
  boolean follow;

  @Option(
      names = {"-o", "--output"},
      description = "table, or json: one line a receipt (default table)")
  Output output = Output.table;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    LogReader reader = log.open();
    if (output == Output.table) {
      out.println(ReceiptLine.HEADER);
    }
    long next = print(reader, Math.max(0, reader.size() - Math.max(0, count)), out);
    while (follow && !out.checkError()) {
      LockSupport.parkNanos(POLL.toNanos());
      next = print(log.open(), next, out);
    }
    return 0;
  }

  private long print(LogReader reader, long from, PrintWriter out) throws IOException {
    for (long index = from; index < reader.size(); index++) {
      out.println(output.line(reader, index));
    }
    out.flush();
    return Math.max(from, reader.size());
  }
}
