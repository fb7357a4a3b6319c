package io.metanode.containers.image;

import io.metanode.containers.KeptSteps;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps receipts in memory; can be made to refuse, as a full disk does. */
public final class RecordingSink implements ReceiptSink {

  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  public List<Step> steps() {
    return steps;
  }

  public void fill() {
    full = true;
  }

  @Override
  public long size() {
    return steps.size();
  }

  @Override
  public Durable durable() {
    return new KeptSteps(steps);
  }

  @Override
  public Reservation reserve() throws IOException {
    if (full) {
      throw new IOException("no space left on device");
    }
    return new Reservation() {
      @Override
      public Appended append(Step step) {
        steps.add(step);
        long index = steps.size() - 1L;
        return new Appended() {
          @Override
          public long index() {
            return index;
          }

          @Override
          public void awaitDurable() {}
        };
      }

      @Override
      public void close() {}
    };
  }
}
