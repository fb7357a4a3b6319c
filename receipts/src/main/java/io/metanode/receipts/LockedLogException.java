package io.metanode.receipts;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, most likely a running node, writes to the log. */
public final class LockedLogException extends IOException {

  LockedLogException(Path directory) {
    super(directory + " is in use by a running node: stop it first, or let it do the work");
  }
}
