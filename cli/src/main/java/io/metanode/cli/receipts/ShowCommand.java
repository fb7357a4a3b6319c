package io.metanode.cli.receipts;

import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One receipt in full. */
@Command(name = "show", description = "Show one receipt in full.")
final class ShowCommand implements Callable<Integer> {

  private static final int MILLIONTHS = 6;

  @Mixin LogOption log = new LogOption();
  @Mixin ReceiptArgument receipt = new ReceiptArgument();

  @Option(
      names = {"-o", "--output"},
      description = "table, or json (default table)")
  Output output = Output.table;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LogReader reader = log.open();
    long index = receipt.in(reader);
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.json) {
      out.println(ReceiptLine.json(reader, index));
    } else {
      describe(reader, index, out);
    }
    out.flush();
    return 0;
  }

  private static void describe(LogReader reader, long index, PrintWriter out) throws IOException {
    StepReceipt receipt = reader.receipt(index);
    Step step = receipt.step();
    line(out, "receipt", index + " of " + receipt.source());
    line(out, "id", LogReader.id(reader.entry(index)));
    line(out, "checkpoint", index < reader.published() ? "covers it" : "not yet; it is durable");
    line(out, "previous", receipt.previous().toString());
    String uid =
        step.actor().uid().isPresent() ? " (uid " + step.actor().uid().getAsLong() + ")" : "";
    line(out, "actor", step.actor() + uid);
    line(out, "operation", step.operation());
    for (Subject subject : step.subjects()) {
      line(out, "subject", subject.name() + " " + subject.digest());
    }
    if (receipt.subjectsOmitted() > 0) {
      line(out, "", "and " + receipt.subjectsOmitted() + " more");
    }
    line(out, "arguments", step.arguments().toString());
    line(
        out,
        "policy",
        (step.verdict().allowed() ? "allowed" : "denied")
            + " by rule "
            + step.verdict().rule()
            + " of "
            + step.verdict().policy());
    line(out, "outcome", outcome(step.outcome()));
    line(out, "started", step.startedAt().toString());
    line(out, "finished", step.finishedAt().toString());
    usage(step.usage(), out);
  }

  private static String outcome(Outcome outcome) {
    return outcome instanceof Outcome.Failed(String error)
        ? "failed: " + error
        : ReceiptLine.outcome(outcome);
  }

  private static void usage(Usage usage, PrintWriter out) {
    line(out, "cpu_ms", decimal(usage.cpuMs()));
    line(out, "memory_mb_s", decimal(usage.memoryMbS()));
    line(out, "storage_gb_day", decimal(usage.storageGbDay()));
    line(out, "egress_mb", decimal(usage.egressMb()));
    line(out, "receipts_count", decimal(usage.receiptsCount()));
  }

  private static String decimal(long millionths) {
    return BigDecimal.valueOf(millionths, MILLIONTHS).stripTrailingZeros().toPlainString();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-15s %s%n", name, ReceiptLine.printable(value));
  }
}
