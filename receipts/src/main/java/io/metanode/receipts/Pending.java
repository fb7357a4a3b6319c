package io.metanode.receipts;

import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A receipt on its way into the log. */
record Pending(long index, CompletableFuture<Void> durable) implements Appended {

  @Override
  public void awaitDurable() throws IOException {
    try {
      durable.join();
    } catch (CompletionException e) {
      throw new IOException("receipt " + index + " is not durable: " + e.getCause(), e);
    }
  }
}
