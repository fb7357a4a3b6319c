package io.metanode.cli.receipts;

import io.metanode.receipts.LogReader;
import java.io.IOException;

/** How receipts are printed. */
enum Output {
  table,
  json;

  String line(LogReader log, long index) throws IOException {
    return this == json ? ReceiptLine.json(log, index) : ReceiptLine.table(log, index);
  }
}
