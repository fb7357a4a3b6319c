package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Signs a transaction with a key file, submits it and waits until it is final. */
public final class Submission {

  private static final long LIFE = 1_000;
  private static final Duration WAIT = Duration.ofSeconds(10);

  @Mixin ApiOption api = new ApiOption();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "the sender's Ed25519 key, PEM (default: the governor's in --dir)")
  @Nullable Path key;

  @Option(
      names = "--sequence",
      description = "the sender's transactions before this one (default: what the ledger says)")
  @Nullable Long sequence;

  /** The validator that is asked. */
  public LedgerClient client() throws IOException {
    return api.client();
  }

  /** Who signs. */
  public PrivateKeySigner sender() throws IOException {
    return KeyFile.ed25519(key == null ? api.home.home().governorKey() : key);
  }

  /** What makes the transaction. */
  public interface Maker {
    LedgerTransactions.Signed make(
        LedgerTransactions transactions, PrivateKeySigner sender, LedgerTransactions.Place place)
        throws SigningException;
  }

  public JsonNode submit(Maker maker) throws IOException {
    PrivateKeySigner sender = sender();
    try (LedgerClient client = api.client()) {
      JsonNode status = client.get("/v1/status");
      LedgerTransactions transactions = LedgerTransactions.of(status);
      long next = sequence == null ? client.sequence(sender.publicKey()) : sequence;
      long expiry = status.required("height").asLong() + LIFE;
      LedgerTransactions.Signed signed =
          maker.make(transactions, sender, new LedgerTransactions.Place(next, expiry));
      return client.submit("/v1/transactions", signed.encoded(), WAIT);
    } catch (SigningException e) {
      throw new CommandException("the key did not sign: " + e.getMessage(), e);
    }
  }

  /** Exit code of an answer: 0 if it was applied, 1 if not. */
  public static int exitCode(JsonNode answer) {
    return answer.path("result").asString("").equals("OK") ? 0 : 1;
  }
}
