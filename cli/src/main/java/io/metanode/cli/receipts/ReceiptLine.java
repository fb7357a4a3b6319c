package io.metanode.cli.receipts;

import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.StepReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A receipt as one line: of a table for people, or of JSON for programs. */
final class ReceiptLine {

  static final String HEADER =
      row("INDEX", "TIME (UTC)", "TOOK", "ACTOR", "OPERATION", "OUTCOME", "SUBJECT");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final int ID_LENGTH = 12;

  private ReceiptLine() {}

  private static String row(
      String index,
      String time,
      String took,
      String actor,
      String operation,
      String outcome,
      String subject) {
    return String.format(
            Locale.ROOT,
            "%-8s %-23s %9s  %-16s %-22s %-14s %s",
            index,
            time,
            took,
            actor,
            operation,
            outcome,
            subject)
        .stripTrailing();
  }

  /** A line of the table; an asterisk marks a receipt not yet under a checkpoint. */
  static String table(LogReader log, long index) throws IOException {
    StepReceipt receipt = log.receipt(index);
    Step step = receipt.step();
    double took = Duration.between(step.startedAt(), step.finishedAt()).toNanos() / 1e6;
    return row(
        index + (index < log.published() ? "" : "*"),
        TIME.format(step.finishedAt()),
        String.format(Locale.ROOT, "%.1f ms", took),
        printable(step.actor().toString()),
        printable(step.operation()),
        outcome(step.outcome()),
        subjects(receipt));
  }

  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done() -> "done";
      case Outcome.Denied() -> "denied";
      case Outcome.Exited(int exitCode, boolean outOfMemory) ->
          "exit " + exitCode + (outOfMemory ? " (oom)" : "");
      case Outcome.Failed(String error) -> "failed";
    };
  }

  private static String subjects(StepReceipt receipt) {
    String first = shortened(printable(receipt.step().subjects().getFirst().name()));
    long more = receipt.step().subjects().size() - 1 + receipt.subjectsOmitted();
    return more == 0 ? first : first + " +" + more;
  }

  /** Names such as {@code container/<64 digits>} with their id cut as docker cuts it. */
  private static String shortened(String name) {
    return name.replaceAll("([0-9a-f]{" + ID_LENGTH + "})[0-9a-f]{52}", "$1");
  }

  /** What a receipt says came from outside: no control character reaches the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069]", "?");
  }

  /** A line of JSON: id, index, whether under a checkpoint, and the statement as it was signed. */
  static String json(LogReader log, long index) throws IOException {
    return "{\"id\":\"%s\",\"index\":%d,\"published\":%b,\"statement\":%s}"
        .formatted(
            LogReader.id(log.entry(index)),
            index,
            index < log.published(),
            new String(log.statement(index), StandardCharsets.UTF_8));
  }
}
