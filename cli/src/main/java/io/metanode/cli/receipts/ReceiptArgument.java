package io.metanode.cli.receipts;

import io.metanode.cli.CommandException;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** Which receipt. */
final class ReceiptArgument {

  private static final int LEAST = 7;

  @Parameters(
      index = "0",
      paramLabel = "INDEX|ID",
      description = "the receipt's index, or its id (b3:…) or the beginning of it")
  String text = "";

  /** The index; an id is looked for from the newest receipt back. */
  long in(LogReader log) throws IOException {
    if (text.matches("[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    if (!text.startsWith("b3:") || text.length() < LEAST) {
      throw new CommandException(
          "not a receipt: "
              + text
              + "; give an index, or an id from: metanode receipts tail -o json");
    }
    for (long index = log.size() - 1; index >= 0; index--) {
      if (LogReader.id(log.entry(index)).startsWith(text)) {
        return index;
      }
    }
    throw new CommandException("no receipt with id " + text);
  }
}
