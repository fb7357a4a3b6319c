package io.metanode.cli.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.economy.EconomyModule;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a proof is about. */
final class ProofSubject {

  @Option(names = "--tx", paramLabel = "ID", description = "a transaction, and what came of it")
  @Nullable String transaction;

  @Option(names = "--account", paramLabel = "ACCOUNT", description = "what an account holds")
  @Nullable String account;

  @Option(names = "--anchor", paramLabel = "ORIGIN", description = "the newest anchor of a log")
  @Nullable String anchor;

  @Option(
      names = "--economy",
      paramLabel = "PATH",
      description = "a value of the economy, such as accounts/ID or transfers/ID")
  @Nullable String economy;

  /** Where the API gives the proof. */
  String path() {
    if (transaction != null) {
      return "/v1/transactions/" + transaction + "?proof";
    }
    if (economy != null) {
      return "/v1/" + EconomyModule.NAME + "/" + economy + "?proof";
    }
    return account != null
        ? "/v1/accounts/" + account + "?proof"
        : "/v1/anchors?proof&origin=" + URLEncoder.encode(String.valueOf(anchor), UTF_8);
  }
}
