package io.metanode.containers;

import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.Step;
import java.util.List;

/** Receipts kept in memory, as a log shows those that are durable. */
public record KeptSteps(List<Step> steps) implements ReceiptSink.Durable {

  public KeptSteps {
    steps = List.copyOf(steps);
  }

  @Override
  public long size() {
    return steps.size();
  }

  @Override
  public Step step(long index) {
    return steps.get((int) index);
  }
}
