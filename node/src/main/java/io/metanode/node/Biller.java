package io.metanode.node;

import io.metanode.billing.HourlyBilling;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bills the node's log, beside everything else: what fails is tried again, and said once. */
final class Biller implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Biller.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final HourlyBilling billing;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private String complaint = "";

  private Biller(HourlyBilling billing) {
    this.billing = billing;
    thread = Thread.ofPlatform().name("biller").daemon().unstarted(this::run);
  }

  static Biller start(HourlyBilling billing) {
    Biller biller = new Biller(billing);
    biller.thread.start();
    return biller;
  }

  private void run() {
    try {
      do {
        pass();
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    try {
      billing.pass();
      complaint = "";
    } catch (IOException | RuntimeException e) {
      String now = Objects.toString(e.getMessage(), e.toString());
      if (!now.equals(complaint)) {
        LOG.log(System.Logger.Level.WARNING, "bills wait: {0}", now);
        complaint = now;
      }
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
