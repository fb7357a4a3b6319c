package io.metanode.containers.engine;

import io.metanode.containers.KeptSteps;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A log in memory that can be full, or lose what it is given. */
final class FakeReceipts implements ReceiptSink {

  private final List<Step> durable = new ArrayList<>();
  private boolean full;
  private boolean broken;
  private Runnable before = () -> {};
  private Runnable after = () -> {};

  /** Does something before each receipt is durable, and after it. */
  void around(Runnable beforeEach, Runnable afterEach) {
    before = beforeEach;
    after = afterEach;
  }

  /** Refuses reservations. */
  void full(boolean now) {
    full = now;
  }

  /** Takes receipts and cannot make them durable. */
  void broken(boolean now) {
    broken = now;
  }

  List<Step> steps() {
    return durable;
  }

  /** The names of the durable receipts' operations, in order. */
  List<String> names() {
    return durable.stream().map(Step::operation).toList();
  }

  @Override
  public Reservation reserve() throws IOException {
    if (full) {
      throw new IOException("the log is full");
    }
    return new Reservation() {
      @Override
      public Appended append(Step step) {
        if (broken) {
          return new Lost();
        }
        before.run();
        durable.add(step);
        after.run();
        return new Kept(durable.size() - 1);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long size() {
    return durable.size();
  }

  @Override
  public Durable durable() {
    return new KeptSteps(durable);
  }

  private record Kept(long index) implements Appended {
    @Override
    public void awaitDurable() {}
  }

  private record Lost() implements Appended {
    @Override
    public long index() {
      return -1;
    }

    @Override
    public void awaitDurable() throws IOException {
      throw new IOException("the disk is gone");
    }
  }
}
