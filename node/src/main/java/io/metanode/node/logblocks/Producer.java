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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a log final on one chain: cuts LogBlocks, signs each, writes it down and submits it, and
 * goes on to the next while a few are on their way. Whatever fails, the next step finds out from
 * what was written down and from the ledger where it stands (docs/decisions/0191). Not safe for use
 * by many threads.
 */
final class Producer {

  /** What a step came to. */
  enum Progress {
    /** A LogBlock was signed and is on its way. */
    SIGNED,
    /** A LogBlock became final. */
    FINAL,
    /** LogBlocks are on their way; the step waited a little for the first of them. */
    WAITING,
    /** There is nothing to do for a while. */
    IDLE
  }

  /** The most receipts of one LogBlock. */
  private static final int MOST = 65_536;

  private final LogBlockSettings settings;
  private final LogLedger ledger;
  private final Clock clock;
  private final Intents intents;
  private final Flights flights;
  private final Pace pace;
  private final String origin;
  private @Nullable Standing standing;

  /**
   * What is known of the chain.
   *
   * @param anchored the receipts that were anchored before there were LogBlocks
   */
  private record Standing(Optional<LogStanding> log, long anchored) {
    long number() {
      return log.map(LogStanding::number).orElse(-1L);
    }
  }

  Producer(LogBlockSettings settings, LogLedger ledger, Clock clock) throws IOException {
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    origin = PublishedLog.open(settings.receipts()).origin();
    intents = Intents.open(settings.directory().resolve(ledger.chain()));
    flights = new Flights(ledger, settings.owner());
    pace = new Pace(settings.count(), settings.after());
  }

  /**
   * Does what is next.
   *
   * @throws IOException if the ledger does not answer, refuses, or holds another log than this one
   */
  Progress step() throws IOException {
    try {
      Standing now = standing;
      if (now == null) {
        now = found();
        standing = now;
        for (LogBlockSubmission signed : intents.after(now.number())) {
          flights.launch(signed);
        }
      }
      if (flights.oldestIsDone()) {
        return landed(now);
      }
      if (flights.haveRoom() && cutIfDue(now)) {
        return Progress.SIGNED;
      }
      if (flights.areNone()) {
        return Progress.IDLE;
      }
      flights.awaitOldest();
      return flights.oldestIsDone() ? landed(now) : Progress.WAITING;
    } catch (IOException e) {
      flights.abandon();
      standing = null;
      throw e;
    }
  }

  /** Where the log stands on the chain, as far as is known. */
  Optional<LogStanding> standing() {
    Standing now = standing;
    return now == null ? Optional.empty() : now.log();
  }

  /** The LogBlocks that are on their way. */
  int onTheirWay() {
    return flights.count();
  }

  private Progress landed(Standing before) throws IOException {
    Optional<LogStanding> log = flights.land();
    if (log.isEmpty()) {
      flights.abandon();
      standing = null;
      return Progress.WAITING;
    }
    becameFinal(log.get());
    standing = new Standing(log, before.anchored());
    return Progress.FINAL;
  }

  private void becameFinal(LogStanding log) throws IOException {
    intents.isFinal(log.number());
    settings.recent().forgetBefore(log.size());
  }

  /** Asks the ledger where the log stands, and holds that against what was signed here. */
  private Standing found() throws IOException {
    Optional<LogStanding> log = ledger.standing(origin);
    if (log.isPresent() && log.get().forked()) {
      throw new IOException(
          "the log %s contradicted itself and is over: its evidence is at /v1/logforks; begin another log (receipts.origin)"
              .formatted(origin));
    }
    Standing there = new Standing(log, ledger.anchored(origin));
    Optional<LogBlock> newest = intents.newest();
    if (newest.isEmpty()) {
      if (log.isPresent()) {
        requireSameLog(log.get());
      }
      return there;
    }
    boolean known =
        log.isPresent()
            && intents
                .of(there.number())
                .filter(block -> block.digest().equals(log.get().digest()))
                .isPresent();
    if (known) {
      becameFinal(log.get());
    } else if (there.number() != intents.oldest().orElseThrow().number() - 1) {
      throw new IOException(
          "the ledger has LogBlock %d of %s, this node signed number %d: another node uses the log's key, or the ledger went back; nothing is signed until they agree"
              .formatted(there.number(), origin, newest.get().number()));
    }
    return there;
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

  /** Cuts the next LogBlock and sends it off, if it is time. */
  private boolean cutIfDue(Standing now) throws IOException {
    long size = PublishedLog.size(settings.receipts());
    if (size < now.anchored()) {
      throw new IOException(
          "%d receipts of %s were anchored, the log has %d: put it back from a backup, or name it otherwise (receipts.origin)"
              .formatted(now.anchored(), origin, size));
    }
    Optional<LogBlock> newest = intents.newest();
    long from = newest.map(LogBlock::to).or(() -> now.log().map(LogStanding::size)).orElse(0L);
    if (!pace.isDue(Math.max(0, size - from), clock.now())) {
      return false;
    }
    long number =
        newest.map(LogBlock::number).or(() -> now.log().map(LogStanding::number)).orElse(-1L) + 1;
    Bytes32 previous =
        newest
            .map(LogBlock::digest)
            .or(() -> now.log().map(LogStanding::digest))
            .orElse(Bytes32.ZERO);
    PublishedLog log = PublishedLog.open(settings.receipts(), settings.recent());
    LogSpan span = log.span(Math.max(from, now.anchored()), from, MOST);
    LogBlockSubmission next = sign(block(number, previous, span), span);
    intents.signed(next, span.checkpoint());
    pace.cut();
    flights.launch(next);
    return true;
  }

  private LogBlock block(long number, Bytes32 previous, LogSpan span) {
    return new LogBlock(
        ledger.chainTag(),
        Bytes.of(origin.getBytes(US_ASCII)),
        number,
        previous,
        span.from(),
        span.to(),
        Bytes32.of(span.root()),
        sums(span.usage()),
        owner(),
        Bytes32.of(span.key().bytes()),
        Bytes32.of(span.nextKey().bytes()));
  }

  private LogBlockSubmission sign(LogBlock block, LogSpan span) throws IOException {
    try {
      Signer key = settings.logKeys().withId(span.key().id());
      return new LogBlockSubmission(
          block.sign(key), span.consistency().stream().map(Bytes32::of).toList());
    } catch (SigningException e) {
      throw new IOException("the log's key did not sign LogBlock " + block.number(), e);
    }
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
