package io.metanode.billing;

import io.metanode.receipts.LogReader;
import io.metanode.receipts.LoggedReceipt;
import java.io.IOException;
import java.nio.file.Path;

/** The receipts of a log that grows. */
public interface ReceiptSource {

  /** The receipts as they are now. */
  View now() throws IOException;

  /** The receipts that were there at some moment. */
  interface View {

    /** The log's name. */
    String origin();

    /** How many there are. */
    long size();

    /** The receipt at a place from 0. */
    LoggedReceipt at(long index) throws IOException;
  }

  /** The receipts under the checkpoint of the log in a directory. */
  static ReceiptSource of(Path directory) {
    return () -> view(LogReader.openPublished(directory));
  }

  private static View view(LogReader reader) {
    return new View() {
      @Override
      public String origin() {
        return reader.origin();
      }

      @Override
      public long size() {
        return reader.published();
      }

      @Override
      public LoggedReceipt at(long index) throws IOException {
        return reader.logged(index);
      }
    };
  }
}
