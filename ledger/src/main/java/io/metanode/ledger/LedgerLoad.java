package io.metanode.ledger;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Clients in a closed loop: each sends a request of transactions that were signed beforehand, waits
 * until all of them are final, and sends the next. A sender has at most one transaction on its way.
 * A client whose validator is gone turns to the next one.
 */
public final class LedgerLoad {

  /** When transactions of a load expire: never. */
  public static final long EXPIRY = 1L << 40;

  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final long MOST_MICROS = 120_000_000;
  private static final int NANOS_A_MILLI = 1_000_000;

  /** The bytes of an answer for each transaction, and the first of one that is final. */
  private static final int ANSWER = 11;

  private static final int FINAL = 1;

  /** What the clients send. */
  public interface Work {

    /** Who signs, whom the genesis must fund. */
    List<Ed25519PublicKey> accounts();

    /** A client's requests, in their order. */
    List<byte[]> sign(LedgerTransactions transactions, int client, int each)
        throws SigningException;

    /** Transactions of a request. */
    int transactions();

    /** What a transaction counts for. */
    int units();
  }

  private final int clients;
  private final Clock clock;
  private final Work work;
  private final List<List<byte[]>> requests = new ArrayList<>();
  private final int[] sent;

  private LedgerLoad(int clients, Work work, Clock clock) {
    this.clients = clients;
    this.work = work;
    this.clock = clock;
    sent = new int[clients];
  }

  /**
   * Transfers.
   *
   * @param clients loops
   * @param batch transactions of a request
   * @param rounds each client has so many times {@code batch} senders
   */
  public static LedgerLoad transfers(
      int clients, int batch, int rounds, Clock clock, Randomness randomness) {
    return new LedgerLoad(clients, new TransferWork(clients, batch, rounds, randomness), clock);
  }

  /** Any other work. */
  public static LedgerLoad of(int clients, Work work, Clock clock) {
    return new LedgerLoad(clients, work, clock);
  }

  /**
   * Receipts: each request extends the client's own log.
   *
   * @param receipts of a request, which is one transaction
   */
  public static LedgerLoad receipts(int clients, int receipts, Clock clock, Randomness randomness) {
    return new LedgerLoad(clients, new ReceiptWork(clients, receipts, randomness), clock);
  }

  /** The senders, which the genesis must fund. */
  public List<Ed25519PublicKey> accounts() {
    return work.accounts();
  }

  /**
   * Signs, on all processors.
   *
   * @param each requests for each client
   */
  public void sign(Path genesis, int each) throws IOException {
    LedgerTransactions transactions = LedgerTransactions.of(LedgerSetup.genesis(genesis));
    requests.addAll(
        forEachClient(
            Runtime.getRuntime().availableProcessors(),
            client -> work.sign(transactions, client, each)));
  }

  /**
   * What a run measured. Transactions of receipts count once for each receipt.
   *
   * @param applied transactions that were final and applied when their client heard of them
   * @param failed transactions with any other end
   * @param exhausted whether clients ran out of transactions
   * @param nanos between the first and the last answer that count
   * @param latency from submission to the answer that all of the request is final, in µs
   * @param timeline when they were applied, from the beginning of the measured time
   */
  public record Measured(
      long applied,
      long failed,
      boolean exhausted,
      long nanos,
      Histogram latency,
      Timeline timeline) {}

  /**
   * Something to be done while clients run.
   *
   * @param after the beginning of the measured time
   */
  public record Event(Duration after, Runnable action) {}

  /**
   * Runs the clients, from their first requests on.
   *
   * @param validators the URLs of their APIs, shared among the clients
   * @param warmUp before anything counts
   * @param measured how long it counts
   * @param events in the order of their times
   */
  public Measured run(List<URI> validators, Duration warmUp, Duration measured, List<Event> events)
      throws IOException {
    Arrays.fill(sent, 0);
    return goOn(validators, warmUp, measured, events);
  }

  /** Likewise, from where they stopped the last time. */
  public Measured goOn(List<URI> validators, Duration warmUp, Duration measured, List<Event> events)
      throws IOException {
    long from = clock.monotonicNanos() + warmUp.toNanos();
    Timeline timeline = new Timeline(measured.toMillis());
    try (ExecutorService starter = Executors.newSingleThreadExecutor()) {
      Future<?> done =
          starter.submit(
              () -> {
                for (Event event : events) {
                  waitUntil(from + event.after().toNanos());
                  event.action().run();
                }
              });
      List<Loop> loops =
          forEachClient(
              clients,
              client -> {
                Loop loop = new Loop(validators, client, from, from + measured.toNanos(), timeline);
                sent[client] = loop.run(requests.get(client), sent[client]);
                return loop;
              });
      done.get();
      Histogram latency = new Histogram(MOST_MICROS, 3);
      loops.forEach(one -> latency.add(one.latency));
      return new Measured(
          loops.stream().mapToLong(loop -> loop.applied).sum(),
          loops.stream().mapToLong(loop -> loop.failed).sum(),
          loops.stream().anyMatch(loop -> loop.exhausted),
          measured.toNanos(),
          latency,
          timeline);
    } catch (ExecutionException e) {
      throw new IOException("the measurement failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void waitUntil(long nanos) {
    while (clock.monotonicNanos() - nanos < 0) {
      LockSupport.parkNanos(nanos - clock.monotonicNanos());
    }
  }

  /** One client. */
  private final class Loop {
    private final List<URI> validators;
    private final long from;
    private final long until;
    private final Timeline timeline;
    private final Histogram latency = new Histogram(MOST_MICROS, 3);
    private int validator;
    private long begun;
    private long applied;
    private long failed;
    private boolean exhausted;

    Loop(List<URI> validators, int client, long from, long until, Timeline timeline) {
      this.validators = validators;
      this.validator = client % validators.size();
      this.from = from;
      this.until = until;
      this.timeline = timeline;
    }

    /** Sends requests from the {@code first} on, and says which would be next. */
    int run(List<byte[]> own, int first) {
      int sent = first;
      begun = clock.monotonicNanos();
      boolean lost = false;
      while (!lost && sent < own.size() && clock.monotonicNanos() - until < 0) {
        try (LedgerClient api = new LedgerClient(validators.get(validator))) {
          while (!lost && sent < own.size() && clock.monotonicNanos() - until < 0) {
            lost = !send(api, own.get(sent));
            sent++;
            begun = clock.monotonicNanos();
          }
        } catch (LedgerClient.RefusedException e) {
          lost = true;
          failed += work.transactions();
          say("is refused", e);
        } catch (IOException e) {
          say("turns to another validator", e);
          validator = (validator + 1) % validators.size();
        }
      }
      exhausted = sent == own.size();
      return sent;
    }

    /** Whether all of the request were applied. */
    private boolean send(LedgerClient api, byte[] body) throws IOException {
      int good = applied(api.submitBatch(body, WAIT));
      long ended = clock.monotonicNanos();
      if (ended - from >= 0 && ended - until < 0) {
        applied += (long) good * work.units();
        failed += work.transactions() - good;
        timeline.add((ended - from) / NANOS_A_MILLI, (long) good * work.units());
        latency.recordValueWithCount(
            Math.min(MOST_MICROS, (ended - begun) / 1_000), work.transactions());
      }
      return good == work.transactions();
    }
  }

  private static int applied(byte[] answers) {
    int good = 0;
    for (int at = 0; at < answers.length; at += ANSWER) {
      if (answers[at] == FINAL && answers[at + 1] == 0 && answers[at + 2] == 0) {
        good++;
      }
    }
    return good;
  }

  private static void say(String what, IOException reason) {
    System.getLogger(LedgerLoad.class.getName())
        .log(System.Logger.Level.WARNING, "a client {0}: {1}", what, reason.getMessage());
  }

  private interface ClientTask<T> {
    T run(int client) throws Exception;
  }

  private <T> List<T> forEachClient(int threads, ClientTask<T> task) throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        running.add(pool.submit(() -> task.run(client)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
