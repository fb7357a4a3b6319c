package io.metanode.node;

import io.metanode.cli.LogBlockFacts;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerSetup;
import io.metanode.ledger.LedgerTransactions;
import io.metanode.node.logblocks.LogBlockService;
import io.metanode.node.logblocks.LogBlockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Receipts become final on the node's own validator, or on others where those are named. */
final class Finality {

  private static final System.Logger LOG = System.getLogger(Finality.class.getName());

  private Finality() {}

  /** Starts what the configuration asks for; each is closed in reverse. */
  static List<AutoCloseable> start(
      NodeHome home, LedgerConfig config, Receipts receipts, Duties duties, Clock clock)
      throws IOException {
    Files.deleteIfExists(LogBlockFacts.file(home.logBlocksDirectory()));
    List<AutoCloseable> started = new ArrayList<>();
    boolean elsewhere = !config.validators().isEmpty();
    if (config.enabled()) {
      EmbeddedLedger.Client client =
          elsewhere
              ? (_, _) -> () -> {}
              : (api, owner) ->
                  both(
                      LogBlockService.start(
                          settings(home, config, receipts, owner), List.of(api), clock),
                      duties.start(List.of(api), owner, true));
      started.add(EmbeddedLedger.start(home, config, clock, client));
    }
    if (elsewhere) {
      PrivateKeySigner owner = LedgerSetup.signer(config.account(), new SystemRandomness());
      LOG.log(
          System.Logger.Level.INFO,
          "receipts become final at {0}, paid by account {1}",
          config.validators(),
          LedgerTransactions.account(owner.publicKey()));
      started.add(
          LogBlockService.start(
              settings(home, config, receipts, owner), config.validators(), clock));
      started.add(duties.start(config.validators(), owner, false));
    }
    return started;
  }

  private static AutoCloseable both(AutoCloseable first, AutoCloseable second) {
    return () -> {
      try (first) {
        second.close();
      }
    };
  }

  private static LogBlockSettings settings(
      NodeHome home, LedgerConfig config, Receipts receipts, PrivateKeySigner owner) {
    return new LogBlockSettings(
        home.receiptsDirectory(),
        home.logBlocksDirectory(),
        receipts.keys(),
        owner,
        config.logBlockReceipts(),
        config.logBlockAfter());
  }
}
