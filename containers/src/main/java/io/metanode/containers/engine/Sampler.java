package io.metanode.containers.engine;

import java.time.Duration;

/**
 * Reads the memory of all running containers each second, and their storage each minute; receipts
 * what they used each hour.
 */
final class Sampler {

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int STORAGE_PERIODS = 60;

  private final Containers containers;
  private final Metering metering;
  private final HourlyReceipts hourly;
  private final Timers timers;
  private int period;
  private volatile boolean stopped;

  Sampler(Containers containers, Metering metering, HourlyReceipts hourly, Timers timers) {
    this.hourly = hourly;
    this.containers = containers;
    this.metering = metering;
    this.timers = timers;
  }

  void start() {
    if (!stopped) {
      timers.after(PERIOD, this::sample);
    }
  }

  void stop() {
    stopped = true;
  }

  private void sample() {
    period = (period + 1) % STORAGE_PERIODS;
    for (Container container : containers.all()) {
      container.lock();
      try {
        metering.sample(container);
        if (period == 0) {
          metering.storage(container);
        }
      } finally {
        container.unlock();
      }
    }
    start();
    hourly.tick();
  }
}
