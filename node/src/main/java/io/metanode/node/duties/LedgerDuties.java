package io.metanode.node.duties;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does duties in turn for as long as it runs. One that fails is tried again, with the next of the
 * validators, and said once.
 */
public final class LedgerDuties implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LedgerDuties.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final List<LedgerDuty> duties;
  private final List<URI> validators;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<String, String> complaints = new HashMap<>();
  private final Thread thread;

  private LedgerDuties(List<LedgerDuty> duties, List<URI> validators) {
    this.duties = List.copyOf(duties);
    this.validators = List.copyOf(validators);
    thread = Thread.ofPlatform().name("ledger-duties").daemon().unstarted(this::run);
  }

  /**
   * Starts.
   *
   * @param validators of one network, asked in turn; at least one
   */
  public static LedgerDuties start(List<LedgerDuty> duties, List<URI> validators) {
    LedgerDuties started = new LedgerDuties(duties, validators);
    started.thread.start();
    return started;
  }

  private void run() {
    try {
      for (int turn = 0; stopping.getCount() > 0; turn = (turn + 1) % validators.size()) {
        try (LedgerClient ledger = new LedgerClient(validators.get(turn))) {
          while (passAll(ledger)) {
            if (stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
              return;
            }
          }
        }
        if (stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all went well. */
  private boolean passAll(LedgerClient ledger) {
    boolean well = true;
    for (LedgerDuty duty : duties) {
      String trouble = "";
      try {
        duty.pass(ledger);
      } catch (IOException | RuntimeException e) {
        trouble = Objects.toString(e.getMessage(), e.toString());
        well = false;
      }
      if (stopping.getCount() == 0) {
        return false;
      }
      tell(duty, trouble);
    }
    return well;
  }

  private void tell(LedgerDuty duty, String trouble) {
    String before = Objects.requireNonNullElse(complaints.put(duty.name(), trouble), "");
    if (trouble.equals(before)) {
      return;
    }
    if (trouble.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "{0} go on", duty.name());
    } else {
      LOG.log(System.Logger.Level.WARNING, "{0} wait: {1}", duty.name(), trouble);
    }
  }

  /** Stops; what was cut off is found out about after the next start. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
