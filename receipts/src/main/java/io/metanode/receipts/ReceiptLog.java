package io.metanode.receipts;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Clock;
import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.disk.HostDisk;
import io.metanode.receipts.journal.Journal;
import io.metanode.receipts.statement.Limits;
import io.metanode.receipts.statement.Statement;
import io.metanode.receipts.tile.NoteSignature;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The log of one source. A receipt is durable in a journal before {@link Appended#awaitDurable}
 * returns; tiles and a signed checkpoint follow a moment later (docs/formats/log.md). Safe for use
 * by many threads; one process at a time writes a log.
 */
public final class ReceiptLog implements ReceiptSink, StatementSigner, AutoCloseable {

  /**
   * Sizes and times.
   *
   * @param segmentBytes the size of a journal segment
   * @param publishEvery how long entries gather before a checkpoint is made over them
   */
  public record Settings(int segmentBytes, Duration publishEvery) {

    public static final Settings DEFAULT = new Settings(16 << 20, Duration.ofMillis(200));
  }

  /**
   * A new key of the log.
   *
   * @param index the last receipt under the old key, which names the new one
   */
  public record Rotation(long index, Signer signer) {}

  private static final int READ_ATTEMPTS = 5;

  private final Closeable lock;
  private final LogFiles files;
  private final Journal journal;
  private final Committer committer;
  private final Publisher publisher;
  private final RecentUsage recent;
  private final String origin;
  private final SigningKeys keys;
  private final Clock clock;
  private final Subject self;

  private ReceiptLog(
      Closeable lock,
      LogFiles files,
      SigningKeys keys,
      String origin,
      Clock clock,
      Settings settings)
      throws IOException {
    this.lock = lock;
    this.files = files;
    this.keys = keys;
    this.origin = origin;
    this.clock = clock;
    Recovered recovered = Recovery.run(files, origin, keys);
    long size = recovered.tiles().size();
    journal =
        Journal.open(
            files.disk(), files.journal(), settings.segmentBytes(), recovered.scan(), size);
    publisher =
        new Publisher(
            files, recovered, journal, origin, clock, keys.cosigner(), settings.publishEvery());
    recent = new RecentUsage(size);
    Chain chain = new Chain(recovered.previous(), recovered.signer());
    committer = new Committer(journal, publisher, chain, size, recent);
    self = new Subject("source/" + origin, recovered.signer().publicKey().id());
    publisher.publish();
    publisher.start();
    committer.start();
  }

  /**
   * Opens the log in {@code directory}, making it where there is none, and recovers what a crash
   * left.
   *
   * @param origin the log's identity, a URL without scheme such as {@code
   *     node1.example.com/receipts}
   * @throws LockedLogException if another process writes to it
   * @throws DamagedLogException if its files were altered
   */
  public static ReceiptLog open(Path directory, SigningKeys keys, String origin, Clock clock)
      throws IOException {
    return open(directory, keys, origin, clock, Settings.DEFAULT);
  }

  /** Opens a log whose only key is {@code signer}'s. */
  public static ReceiptLog open(Path directory, Signer signer, String origin, Clock clock)
      throws IOException {
    return open(directory, SigningKeys.of(signer), origin, clock);
  }

  public static ReceiptLog open(
      Path directory, SigningKeys keys, String origin, Clock clock, Settings settings)
      throws IOException {
    LogLock lock = LogLock.take(directory);
    try {
      Path absolute = directory.toAbsolutePath();
      HostDisk disk = new HostDisk(absolute.resolve(LogFiles.UNFINISHED));
      disk.clear();
      return open(lock, disk, absolute, keys, origin, clock, settings);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static ReceiptLog open(
      Closeable lock,
      Disk disk,
      Path directory,
      SigningKeys keys,
      String origin,
      Clock clock,
      Settings settings)
      throws IOException {
    if (!NoteSignature.isName(origin)
        || origin.getBytes(StandardCharsets.UTF_8).length > Limits.ORIGIN) {
      throw new IllegalArgumentException("an origin has no spaces and no plus sign: " + origin);
    }
    return new ReceiptLog(lock, new LogFiles(disk, directory), keys, origin, clock, settings);
  }

  @Override
  public Reservation reserve() throws IOException {
    committer.check();
    publisher.check();
    journal.reserve();
    return new Room();
  }

  @Override
  public Durable durable() throws IOException {
    LogReader reader = LogReader.open(files, READ_ATTEMPTS);
    return new Durable() {
      @Override
      public long size() {
        return reader.size();
      }

      @Override
      public Step step(long index) throws IOException {
        return reader.receipt(index).step();
      }
    };
  }

  @Override
  public long size() {
    return committer.size();
  }

  @Override
  public byte[] seal(byte[] statement) throws IOException {
    try {
      return committer.sign(statement);
    } catch (SigningException e) {
      throw new IOException("the statement was not signed: " + e.getMessage(), e);
    }
  }

  /** What the newest receipts metered. */
  public RecentUsage recentUsage() {
    return recent;
  }

  /**
   * Publishes all that is durable now.
   *
   * @return the number of receipts under the checkpoint
   */
  public long checkpointNow() throws IOException {
    return publisher.publish().size();
  }

  /**
   * Passes to a new key: the last receipt under the old key names it.
   *
   * @return the new key, in force and durable
   */
  public Rotation rotate(Actor actor) throws IOException {
    Signer next = keys.next();
    return new Rotation(rotate(actor, next).index(), next);
  }

  /** Passes to {@code next}, a key that is durable already. */
  public Appended rotate(Actor actor, Signer next) throws IOException {
    Instant now = clock.now();
    Subject named = StepReceipt.rotationSubject(next.publicKey().id());
    Step step =
        new Step(
            actor,
            StepReceipt.ROTATION,
            List.of(named),
            named.digest(),
            new Verdict(true, "owner", StepReceipt.NO_PREVIOUS),
            new Outcome.Done(),
            now,
            now,
            Usage.NONE);
    Room room = (Room) reserve();
    Appended appended =
        room.use(() -> committer.append(Statement.of(step, origin, self), Usage.NONE, next));
    appended.awaitDurable();
    return appended;
  }

  @Override
  public void close() throws IOException {
    try (lock;
        journal) {
      committer.close();
      publisher.close();
    }
  }

  private final class Room implements Reservation {

    private final AtomicBoolean used = new AtomicBoolean();

    @Override
    public Appended append(Step step) {
      if (step.operation().equals(StepReceipt.ROTATION)) {
        throw new IllegalArgumentException("only rotate() appends " + StepReceipt.ROTATION);
      }
      Statement statement = Statement.of(step, origin, self);
      return use(() -> committer.append(statement, step.usage(), null));
    }

    private Appended use(Supplier<Appended> append) {
      if (!used.compareAndSet(false, true)) {
        throw new IllegalStateException("a reservation holds one receipt");
      }
      return append.get();
    }

    @Override
    public void close() {
      if (used.compareAndSet(false, true)) {
        journal.release(1);
      }
    }
  }
}
