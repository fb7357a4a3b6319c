package io.metanode.ledger;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.encoding.Encoder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Clients in a closed loop: each sends a batch of transactions that were signed beforehand, waits
 * until all of them are final, and sends the next. A sender has at most one transaction on its way.
 */
public final class LedgerLoad {

  private static final long MOST_MICROS = 120_000_000;
  private static final long EXPIRY = 1L << 40;

  /** The bytes of an answer for each transaction, and the first of one that is final. */
  private static final int ANSWER = 11;

  private static final int FINAL = 1;

  private final int clients;
  private final int batch;
  private final Clock clock;
  private final List<List<PrivateKeySigner>> senders = new ArrayList<>();
  private final List<List<byte[]>> batches = new ArrayList<>();

  /**
   * @param clients loops
   * @param batch transactions of a request
   * @param rounds each client has so many times {@code batch} senders
   */
  public LedgerLoad(int clients, int batch, int rounds, Clock clock, Randomness randomness) {
    this.clients = clients;
    this.batch = batch;
    this.clock = clock;
    for (int client = 0; client < clients; client++) {
      senders.add(
          IntStream.range(0, batch * rounds)
              .mapToObj(_ -> PrivateKeySigner.generate(randomness))
              .toList());
    }
  }

  /** The senders, which the genesis must fund. */
  public List<Ed25519PublicKey> accounts() {
    return senders.stream().flatMap(List::stream).map(PrivateKeySigner::publicKey).toList();
  }

  /**
   * Signs transfers, on all processors.
   *
   * @param each batches for each client
   */
  public void sign(Path genesis, int each) throws IOException {
    LedgerTransactions transactions = LedgerTransactions.of(LedgerSetup.genesis(genesis));
    batches.addAll(
        forEachClient(
            Runtime.getRuntime().availableProcessors(),
            client -> signed(transactions, senders.get(client), each)));
  }

  private List<byte[]> signed(LedgerTransactions transactions, List<PrivateKeySigner> own, int each)
      throws SigningException {
    String recipient = LedgerTransactions.account(own.getFirst().publicKey());
    String second = LedgerTransactions.account(own.getLast().publicKey());
    List<byte[]> made = new ArrayList<>(each);
    int rounds = own.size() / batch;
    for (int i = 0; i < each; i++) {
      Encoder out = new Encoder(batch * 220);
      for (int j = 0; j < batch; j++) {
        int index = i % rounds * batch + j;
        out.prefixed(
            transactions
                .transfer(
                    own.get(index),
                    new LedgerTransactions.Place(i / rounds, EXPIRY),
                    "NEX",
                    index == 0 ? second : recipient,
                    1)
                .encoded());
      }
      made.add(out.toArray());
    }
    return made;
  }

  /**
   * What a run measured.
   *
   * @param applied transactions that were final and applied when their client heard of them
   * @param failed transactions with any other end
   * @param exhausted whether clients ran out of transactions
   * @param nanos between the first and the last answer that count
   * @param latency from submission to the answer that all of the batch is final, in µs, counted for
   *     each transaction
   */
  public record Measured(
      long applied, long failed, boolean exhausted, long nanos, Histogram latency) {}

  /**
   * Runs the clients.
   *
   * @param validators the URLs of their APIs, shared among the clients
   * @param warmUp before anything counts
   * @param measured how long it counts
   * @param onMeasure run when it begins to count
   */
  public Measured run(List<URI> validators, Duration warmUp, Duration measured, Runnable onMeasure)
      throws IOException {
    long from = clock.monotonicNanos() + warmUp.toNanos();
    long until = from + measured.toNanos();
    try (ExecutorService starter = Executors.newSingleThreadExecutor()) {
      Future<?> begun =
          starter.submit(
              () -> {
                while (clock.monotonicNanos() - from < 0) {
                  LockSupport.parkNanos(from - clock.monotonicNanos());
                }
                onMeasure.run();
              });
      List<Measured> all =
          forEachClient(
              clients,
              client -> {
                try (LedgerClient api =
                    new LedgerClient(validators.get(client % validators.size()))) {
                  return loop(api, batches.get(client), from, until);
                }
              });
      begun.get();
      Histogram latency = new Histogram(MOST_MICROS, 3);
      all.forEach(one -> latency.add(one.latency()));
      return new Measured(
          all.stream().mapToLong(Measured::applied).sum(),
          all.stream().mapToLong(Measured::failed).sum(),
          all.stream().anyMatch(Measured::exhausted),
          measured.toNanos(),
          latency);
    } catch (ExecutionException e) {
      throw new IOException("the measurement did not begin: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Measured loop(LedgerClient api, List<byte[]> own, long from, long until) {
    Histogram latency = new Histogram(MOST_MICROS, 3);
    long applied = 0;
    long failed = 0;
    boolean lost = false;
    for (byte[] body : own) {
      long begun = clock.monotonicNanos();
      if (begun - until >= 0 || lost) {
        return new Measured(applied, failed, false, 0, latency);
      }
      int good = post(api, body);
      long ended = clock.monotonicNanos();
      lost = good < batch;
      if (ended - from >= 0 && ended - until < 0) {
        applied += good;
        failed += batch - good;
        latency.recordValueWithCount(Math.min(MOST_MICROS, (ended - begun) / 1_000), batch);
      }
    }
    return new Measured(applied, failed, true, 0, latency);
  }

  private static int post(LedgerClient api, byte[] body) {
    try {
      byte[] answers = api.exchange("/v1/transactions/batch?wait=final&timeoutMillis=60000", body);
      int good = 0;
      for (int at = 0; at < answers.length; at += ANSWER) {
        if (answers[at] == FINAL && answers[at + 1] == 0 && answers[at + 2] == 0) {
          good++;
        }
      }
      return good;
    } catch (IOException e) {
      System.getLogger(LedgerLoad.class.getName())
          .log(System.Logger.Level.WARNING, "a client gives up: {0}", e.getMessage());
      return 0;
    }
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
