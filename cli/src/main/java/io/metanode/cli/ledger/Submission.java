package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.SystemRandomness;
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

  /** Refused for a transaction that has its place. */
  private static final Set<String> OVERTAKEN = Set.of("SEQUENCE_USED", "REPLACEMENT_UNDERPRICED");

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
      for (int tries = 1; sequence == null && tries < MOST_TRIES; tries++) {
        Optional<JsonNode> answer = attempt(client, sender, maker);
        if (answer.isPresent()) {
          return answer.get();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      long next = sequence == null ? client.sequence(sender.publicKey()) : sequence;
      return send(client, sign(client, sender, maker, next));
    }
  }

  /** The answer; empty if another transaction has its place, and it can never be final. */
  private static Optional<JsonNode> attempt(
      LedgerClient client, PrivateKeySigner sender, Maker maker) throws IOException {
    long next = client.sequence(sender.publicKey());
    LedgerTransactions.Signed signed = sign(client, sender, maker, next);
    try {
      JsonNode answer = send(client, signed);
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

  private static JsonNode send(LedgerClient client, LedgerTransactions.Signed signed)
      throws IOException {
    return client.submit("/v1/transactions", signed.encoded(), WAIT);
  }

  private static LedgerTransactions.Signed sign(
      LedgerClient client, PrivateKeySigner sender, Maker maker, long next) throws IOException {
    JsonNode status = client.get("/v1/status");
    // The same thing asked for twice at once is two transactions, not one sent twice.
    int some = Byte.toUnsignedInt(new SystemRandomness().bytes(1)[0]);
    long expiry = status.required("height").asLong() + LIFE + some;
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
