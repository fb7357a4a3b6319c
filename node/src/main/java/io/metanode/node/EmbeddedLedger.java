package io.metanode.node;

import io.metanode.cli.NodeHome;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Version;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A validator inside the node, and its first client: it makes the checkpoints of the log of
 * receipts final. It starts beside the engine, which does not wait for it; where it cannot run, the
 * engine runs without it and the log says so.
 */
final class EmbeddedLedger implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(EmbeddedLedger.class.getName());
  private static final Duration FINAL = Duration.ofSeconds(20);

  /** A chain of one does not fill the disk with empty blocks. */
  private static final LedgerSettings ALONE = LedgerSettings.DEFAULT.idle(10_000);

  private final NodeHome node;
  private final LedgerHome home;
  private final LedgerConfig config;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private long anchored;

  private EmbeddedLedger(NodeHome node, LedgerConfig config, Clock clock) {
    this.node = node;
    this.home = new LedgerHome(node.ledgerDirectory());
    this.config = config;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
  }

  static EmbeddedLedger start(NodeHome node, LedgerConfig config, Clock clock) {
    EmbeddedLedger ledger = new EmbeddedLedger(node, config, clock);
    ledger.thread.start();
    return ledger;
  }

  private void run() {
    try {
      Files.deleteIfExists(home.status());
      PrivateKeySigner owner = prepare();
      LedgerSettings settings =
          (Files.exists(home.settings()) ? LedgerSettings.read(home.settings()) : ALONE)
              .at(config.api());
      try (LedgerNode ledger =
          LedgerNode.start(
              home,
              settings,
              new EconomyModule(),
              Version.current(),
              clock,
              new SystemRandomness())) {
        ValidatorFacts facts = ValidatorFacts.of(ledger);
        facts.write(home.status());
        LOG.log(
            System.Logger.Level.INFO,
            "ledger at height {0} answers at {1}",
            Long.toString(ledger.height()),
            facts.api());
        anchorUntilStopped(ledger, owner);
      } finally {
        Files.deleteIfExists(home.status());
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the ledger does not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes a chain of one validator where there is none. The governor anchors. */
  private PrivateKeySigner prepare() throws IOException {
    SystemRandomness randomness = new SystemRandomness();
    LedgerSetup.PublicKeys keys = LedgerSetup.keys(home, randomness);
    PrivateKeySigner governor = LedgerSetup.signer(home.governorKey(), randomness);
    if (Files.notExists(home.genesis())) {
      Ed25519PublicKey account = governor.publicKey();
      LedgerSetup.install(
          home,
          LedgerSetup.genesis(
              List.of(keys),
              account,
              List.of(),
              LedgerSetup.standardBlock(),
              new EconomyModule(),
              clock));
    }
    return governor;
  }

  private void anchorUntilStopped(LedgerNode ledger, PrivateKeySigner owner)
      throws IOException, InterruptedException {
    do {
      if (ledger.failure().isPresent()) {
        throw new IOException(ledger.failure().get());
      }
      anchor(ledger, owner);
    } while (!stopping.await(config.anchorEvery().toMillis(), TimeUnit.MILLISECONDS));
  }

  private void anchor(LedgerNode ledger, PrivateKeySigner owner) {
    try {
      LogReader log = LogReader.open(node.receiptsDirectory());
      if (log.published() > anchored) {
        Optional<Long> height =
            ledger.anchor(owner, log.origin(), log.published(), log.root(), FINAL);
        if (height.isPresent()) {
          anchored = log.published();
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "no anchor this time: {0}", e.getMessage());
    }
  }

  /** Stops the validator in order; what is not anchored yet is after the next start. */
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
