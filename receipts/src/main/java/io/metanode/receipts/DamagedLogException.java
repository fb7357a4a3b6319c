package io.metanode.receipts;

import java.io.IOException;

/** The log's files are not what the log wrote. The message names the file, the place, and what. */
public final class DamagedLogException extends IOException {

  public DamagedLogException(String message) {
    super(message);
  }
}
