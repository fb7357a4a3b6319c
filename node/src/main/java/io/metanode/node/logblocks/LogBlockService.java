package io.metanode.node.logblocks;

import io.metanode.cli.LogBlockFacts;
import io.metanode.foundation.Clock;
import io.metanode.ledger.LogLedger;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes a log final for as long as it runs, through whatever happens to the ledger: a validator
 * that does not answer is asked again later, or another one in its place. It says in a file whom it
 * asks, and what keeps it from going on.
 */
public final class LogBlockService implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LogBlockService.class.getName());
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final LogBlockSettings settings;
  private final List<URI> validators;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private String problem = "";

  private LogBlockService(LogBlockSettings settings, List<URI> validators, Clock clock) {
    this.settings = settings;
    this.validators = List.copyOf(validators);
    this.clock = clock;
    thread = Thread.ofPlatform().name("logblocks").unstarted(this::run);
  }

  /**
   * Starts.
   *
   * @param validators of one network, asked in turn; at least one
   */
  public static LogBlockService start(
      LogBlockSettings settings, List<URI> validators, Clock clock) {
    LogBlockService service = new LogBlockService(settings, validators, clock);
    service.thread.start();
    return service;
  }

  private void run() {
    try {
      for (int turn = 0; stopping.getCount() > 0; turn = (turn + 1) % validators.size()) {
        URI validator = validators.get(turn);
        try (LogLedger ledger = LogLedger.connect(validator)) {
          produce(new Producer(settings, ledger, clock), validator, ledger.chain());
        } catch (IOException | RuntimeException e) {
          if (stopping.getCount() == 0) {
            return;
          }
          tell(validator, "", String.valueOf(e.getMessage()));
        }
        if (stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void produce(Producer producer, URI validator, String chain)
      throws IOException, InterruptedException {
    boolean told = false;
    do {
      while (producer.step() != Producer.Progress.IDLE) {
        told = told || tell(validator, chain, "");
        if (stopping.getCount() == 0) {
          return;
        }
      }
      told = told || tell(validator, chain, "");
    } while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
  }

  private boolean tell(URI validator, String chain, String trouble) {
    if (!trouble.equals(problem)) {
      if (trouble.isEmpty()) {
        LOG.log(System.Logger.Level.INFO, "receipts become final again at {0}", validator);
      } else {
        LOG.log(System.Logger.Level.WARNING, "receipts wait to become final: {0}", trouble);
      }
      problem = trouble;
    }
    try {
      new LogBlockFacts(validator.toString(), chain, trouble)
          .write(LogBlockFacts.file(settings.directory()));
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot say how LogBlocks do: {0}", e.getMessage());
      return false;
    }
  }

  /** Stops; what is not final yet becomes so after the next start. */
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
