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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Signs a transaction with a key file, submits it and waits until it is final. */
public final class Submission {

  private static final long LIFE = 1_000;
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_TRIES = 100;

  /**
   * Said if another transaction has its place. A duplicate is one as well: the same was asked for
   * twice at once, which is two transactions and not one that was sent twice.
   */
  private static final Set<String> OVERTAKEN =
      Set.of("SEQUENCE_USED", "REPLACEMENT_UNDERPRICED", "DUPLICATE");

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

  /**
   * Signs and submits, and waits. If another transaction of the sender had the place sooner, as one
   * that the sender's own node makes, it is signed for the next one, unless the place was given.
   *
   * @throws LedgerClient.RefusedException if it is refused
   */
  public JsonNode submit(Maker maker) throws IOException {
    PrivateKeySigner sender = sender();
    try (LedgerClient client = api.client()) {
      if (sequence != null) {
        byte[] signed = sign(client, sender, maker, sequence).encoded();
        return client.submit("/v1/transactions", signed, WAIT);
      }
      for (int tries = 1; tries < MOST_TRIES; tries++) {
        Optional<JsonNode> answer = attempt(client, sender, maker);
        if (answer.isPresent()) {
          return answer.get();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      long next = client.sequence(sender.publicKey());
      return client.submitFresh(sign(client, sender, maker, next).encoded(), WAIT);
    }
  }

  /** The answer; empty if another transaction has its place, and it can never be final. */
  private static Optional<JsonNode> attempt(
      LedgerClient client, PrivateKeySigner sender, Maker maker) throws IOException {
    long next = client.sequence(sender.publicKey());
    LedgerTransactions.Signed signed = sign(client, sender, maker, next);
    try {
      JsonNode answer = client.submitFresh(signed.encoded(), WAIT);
      boolean overtaken =
          answer.path("status").asString("").equals("WAITING")
              && client.sequence(sender.publicKey()) > next
              && client.find("/v1/transactions/" + signed.id()).isEmpty();
      return overtaken ? Optional.empty() : Optional.of(answer);
    } catch (LedgerClient.RefusedException e) {
      if (OVERTAKEN.contains(e.problem().path("admission").asString(""))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static LedgerTransactions.Signed sign(
      LedgerClient client, PrivateKeySigner sender, Maker maker, long next) throws IOException {
    JsonNode status = client.get("/v1/status");
    long expiry = status.required("height").asLong() + LIFE;
    try {
      return maker.make(
          LedgerTransactions.of(status), sender, new LedgerTransactions.Place(next, expiry));
    } catch (SigningException e) {
      throw new CommandException("the key did not sign: " + e.getMessage(), e);
    }
  }

  /** Exit code of an answer: 0 if it was applied, 1 if not. */
  public static int exitCode(JsonNode answer) {
    return answer.path("result").asString("").equals("OK") ? 0 : 1;
  }
}
