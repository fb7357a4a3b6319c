package io.metanode.billing;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.Step;
import io.metanode.receipts.StepReceipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A log that may take the process that uses it down at any step. */
final class LogInMemory implements ReceiptSink, ReceiptSource {

  static final String ORIGIN = "test.example/receipts";

  private final List<LoggedReceipt> receipts = new ArrayList<>();
  private final BooleanSupplier crashes;

  LogInMemory(BooleanSupplier crashes) {
    this.crashes = crashes;
  }

  void add(Step step) {
    long index = receipts.size();
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    Digest leafHash = Digest.ofBytes(Sha256.of(bytes));
    StepReceipt receipt = new StepReceipt(index, StepReceipt.NO_PREVIOUS, ORIGIN, step, 0);
    receipts.add(new LoggedReceipt(index, leafHash, receipt));
  }

  List<LoggedReceipt> all() {
    return List.copyOf(receipts);
  }

  private void maybeCrash() throws IOException {
    if (crashes.getAsBoolean()) {
      throw new IOException("the process ends here");
    }
  }

  @Override
  public View now() {
    long size = receipts.size();
    return new View() {
      @Override
      public String origin() {
        return ORIGIN;
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public LoggedReceipt at(long index) throws IOException {
        maybeCrash();
        return receipts.get((int) index);
      }
    };
  }

  @Override
  public Reservation reserve() throws IOException {
    maybeCrash();
    return new Reservation() {
      @Override
      public Appended append(Step step) {
        add(step);
        return new Appended() {
          @Override
          public long index() {
            return receipts.size() - 1L;
          }

          @Override
          public void awaitDurable() throws IOException {
            maybeCrash();
          }
        };
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long size() {
    return receipts.size();
  }

  @Override
  public Durable durable() {
    throw new UnsupportedOperationException("no engine reads this one");
  }
}
