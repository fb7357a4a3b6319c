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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A validator inside the node, on which its receipts become final. It starts beside the engine,
 * which does not wait for it; where it cannot run, the engine runs without it and the log says so.
 */
final class EmbeddedLedger implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(EmbeddedLedger.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A chain of one does not fill the disk with empty blocks. */
  private static final LedgerSettings ALONE = LedgerSettings.DEFAULT.idle(10_000);

  private final LedgerHome home;
  private final LedgerConfig config;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private final Client client;

  /** Who uses the validator for as long as it runs. */
  interface Client {
    AutoCloseable start(URI api, PrivateKeySigner owner) throws IOException;
  }

  private EmbeddedLedger(NodeHome node, LedgerConfig config, Clock clock, Client client) {
    this.client = client;
    this.home = new LedgerHome(node.ledgerDirectory());
    this.config = config;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
  }

  static EmbeddedLedger start(NodeHome node, LedgerConfig config, Clock clock, Client client) {
    EmbeddedLedger ledger = new EmbeddedLedger(node, config, clock, client);
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
        serve(ledger, facts, owner);
      } finally {
        Files.deleteIfExists(home.status());
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the ledger does not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes a chain of one validator where there is none. The governor submits LogBlocks. */
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

  private void serve(LedgerNode ledger, ValidatorFacts facts, PrivateKeySigner owner)
      throws IOException, InterruptedException {
    try (AutoCloseable _ = client.start(URI.create(facts.api()), owner)) {
      while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (ledger.failure().isPresent()) {
          throw new IOException(ledger.failure().get());
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Stops its client, then the validator, in order. */
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
