package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.foundation.Clock;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts in the last seconds of each hour what running containers used since their last receipt,
 * so that it is billed in that hour. What cannot be receipted stays due for the next receipt.
 */
final class HourlyReceipts {

  private static final System.Logger LOG = System.getLogger(HourlyReceipts.class.getName());
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long LAST_SECONDS = 3;

  private final Operations operations;
  private final Containers containers;
  private final Metering metering;
  private final Clock clock;
  private long receipted = -1;

  /** A receipt that is on its way, and what it took. */
  private record Taken(Container container, Usage usage, Appended receipt) {}

  HourlyReceipts(Operations operations, Containers containers, Metering metering, Clock clock) {
    this.operations = operations;
    this.containers = containers;
    this.metering = metering;
    this.clock = clock;
  }

  /** To be called once a second. */
  void tick() {
    long now = clock.now().getEpochSecond();
    if (now % HOUR < HOUR - LAST_SECONDS || now / HOUR == receipted) {
      return;
    }
    receipted = now / HOUR;
    List<Taken> all = new ArrayList<>();
    for (Container container : containers.all()) {
      append(container, all);
    }
    all.forEach(HourlyReceipts::await);
  }

  private void append(Container container, List<Taken> all) {
    container.lock();
    try {
      ActiveRun run = container.active();
      if (run == null || run.process().hasEnded()) {
        return;
      }
      Ticket ticket =
          operations.observe(
              Steps.of(Steps.ENGINE, "container.meter", container, Steps.arguments()),
              Steps.subjects(container));
      metering.storage(container);
      Usage usage = metering.take(container);
      all.add(new Taken(container, usage, ticket.done(Steps.done(container, usage))));
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.WARNING, "not metered: {0}", e.getMessage());
    } finally {
      container.unlock();
    }
  }

  private static void await(Taken taken) {
    try {
      Operations.awaitDurable(taken.receipt());
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.WARNING, "not metered: {0}", e.getMessage());
      taken.container().lock();
      try {
        taken.container().meter().giveBack(taken.usage());
      } finally {
        taken.container().unlock();
      }
    }
  }
}
