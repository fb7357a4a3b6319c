package io.metanode.node.logblocks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.LogBlockSubmission;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import io.metanode.ledger.UsageSums;
import io.metanode.receipts.LogSpan;
import io.metanode.receipts.PublishedLog;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a log final on one chain, a LogBlock at a time: cut, sign, write down, submit, and only
 * then the next one. Whatever fails, the next step finds out from what was written down and from
 * the ledger where it stands (docs/decisions/0191). Not safe for use by many threads.
 */
final class Producer {

  /** The most receipts of one LogBlock. */
  private static final long MOST = 65_536;

  private static final Duration FINAL = Duration.ofSeconds(10);

  private final LogBlockSettings settings;
  private final LogLedger ledger;
  private final Clock clock;
  private final Intent intent;
  private final Pace pace;
  private final String origin;
  private @Nullable Standing standing;

  /** What is known of the chain. */
  private record Standing(Optional<LogStanding> log, boolean newestIsFinal) {}

  Producer(LogBlockSettings settings, LogLedger ledger, Clock clock) throws IOException {
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    origin = PublishedLog.open(settings.receipts()).origin();
    intent = Intent.open(settings.directory().resolve(ledger.chain()));
    pace = new Pace(settings.count(), settings.after());
  }

  /**
   * Does what is next.
   *
   * @return whether a LogBlock became final; if not, there may be nothing to do for a while
   * @throws IOException if the ledger does not answer, refuses, or holds another log than this one
   */
  boolean step() throws IOException {
    Standing now = standing;
    if (now == null) {
      now = found();
      standing = now;
    }
    if (!now.newestIsFinal()) {
      return submit(intent.newest().orElseThrow());
    }
    PublishedLog log = PublishedLog.open(settings.receipts());
    long from = now.log().map(LogStanding::size).orElse(0L);
    if (!pace.isDue(Math.max(0, log.size() - from), clock.now())) {
      return false;
    }
    LogBlockSubmission next = cut(log, now.log());
    pace.cut();
    standing = new Standing(now.log(), false);
    return submit(next);
  }

  /** Where the log stands on the chain, as far as is known. */
  Optional<LogStanding> standing() {
    Standing now = standing;
    return now == null ? Optional.empty() : now.log();
  }

  /** Asks the ledger where the log stands, and holds that against what was signed here. */
  private Standing found() throws IOException {
    Optional<LogStanding> log = ledger.standing(origin);
    if (log.isPresent() && log.get().forked()) {
      throw new IOException(
          "the log %s contradicted itself and is over: its evidence is at /v1/logforks; begin another log (receipts.origin)"
              .formatted(origin));
    }
    Optional<LogBlock> newest = intent.newest().map(submission -> submission.signed().block());
    if (newest.isEmpty()) {
      if (log.isPresent()) {
        requireSameLog(log.get());
      }
      return new Standing(log, true);
    }
    long number = log.map(LogStanding::number).orElse(-1L);
    if (number == newest.get().number() - 1) {
      return new Standing(log, false);
    }
    if (number == newest.get().number() && log.get().digest().equals(newest.get().digest())) {
      intent.isFinal();
      return new Standing(log, true);
    }
    throw new IOException(
        "the ledger has LogBlock %d of %s, this node signed number %d: another node uses the log's key, or the ledger went back; nothing is signed until they agree"
            .formatted(number, origin, newest.get().number()));
  }

  private void requireSameLog(LogStanding there) throws IOException {
    PublishedLog here = PublishedLog.open(settings.receipts());
    boolean same =
        here.size() >= there.size()
            && Bytes32.of(here.root(there.size())).equals(there.root())
            && there.owner().equals(owner());
    if (!same) {
      throw new IOException(
          "the ledger knows another log of the name %s, of %d receipts: put this one back from a backup, or name it otherwise (receipts.origin)"
              .formatted(origin, there.size()));
    }
  }

  private LogBlockSubmission cut(PublishedLog log, Optional<LogStanding> last) throws IOException {
    long from = last.map(LogStanding::size).orElse(0L);
    long since = last.isPresent() ? from : ledger.anchored(origin);
    LogSpan span = log.span(since, from, Math.max(MOST, since));
    LogBlock block =
        new LogBlock(
            ledger.chainTag(),
            Bytes.of(origin.getBytes(US_ASCII)),
            last.map(standing -> standing.number() + 1).orElse(0L),
            last.map(LogStanding::digest).orElse(Bytes32.ZERO),
            span.from(),
            span.to(),
            Bytes32.of(span.root()),
            sums(span.usage()),
            owner(),
            Bytes32.of(span.key().bytes()),
            Bytes32.of(span.nextKey().bytes()));
    try {
      Signer key = settings.logKeys().withId(span.key().id());
      LogBlockSubmission submission =
          new LogBlockSubmission(
              block.sign(key), span.consistency().stream().map(Bytes32::of).toList());
      intent.signed(submission, span.checkpoint());
      return submission;
    } catch (SigningException e) {
      throw new IOException("the log's key did not sign LogBlock " + block.number(), e);
    }
  }

  private boolean submit(LogBlockSubmission submission) throws IOException {
    try {
      Optional<Long> height = ledger.submit(settings.owner(), submission, FINAL);
      if (height.isPresent()) {
        intent.isFinal();
        LogBlock block = submission.signed().block();
        standing = new Standing(Optional.of(LogStanding.after(block, height.get())), true);
        return true;
      }
    } catch (IOException e) {
      standing = null;
      throw e;
    }
    standing = null;
    return false;
  }

  private Bytes32 owner() {
    return Bytes32.of(settings.owner().publicKey().bytes());
  }

  private static UsageSums sums(Usage usage) {
    return new UsageSums(
        usage.cpuMs(),
        usage.memoryMbS(),
        usage.storageGbDay(),
        usage.egressMb(),
        usage.receiptsCount());
  }
}
