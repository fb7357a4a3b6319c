package io.metanode.ledger;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A validator, as a log sees it that submits LogBlocks. To submit the same LogBlock again does no
 * harm. But for {@link #send}, not safe for use by many threads.
 */
public final class LogLedger implements AutoCloseable {

  /** Heights after which a transaction that was lost may be made anew. */
  private static final long LIFE = 200;

  private final LedgerClient client;
  private final JsonNode status;
  private final Map<Long, Sending> made = new HashMap<>();

  /** A transaction that may become final: while it may, it is sent again as it was. */
  public static final class Sending {

    private final LogBlockSubmission submission;
    private final long sequence;
    private final long expiry;
    private final LedgerTransactions.Signed signed;

    private Sending(
        LogBlockSubmission submission,
        long sequence,
        long expiry,
        LedgerTransactions.Signed signed) {
      this.submission = submission;
      this.sequence = sequence;
      this.expiry = expiry;
      this.signed = signed;
    }

    private LogBlock block() {
      return submission.signed().block();
    }
  }

  /** The ledger executed the transaction, and did not take the LogBlock. */
  public static final class RefusedLogBlockException extends IOException {
    private RefusedLogBlockException(String message) {
      super(message);
    }
  }

  private LogLedger(LedgerClient client, JsonNode status) {
    this.client = client;
    this.status = status;
  }

  /**
   * Connects.
   *
   * @param api such as {@code http://127.0.0.1:7400}
   * @throws IOException if no validator answers there
   */
  public static LogLedger connect(URI api) throws IOException {
    LedgerClient client = new LedgerClient(api);
    try {
      return new LogLedger(client, client.get("/v1/status"));
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  /** The chain's tag, sixteen hexadecimal digits. */
  public String chain() {
    return status.required("chain").asString();
  }

  /** The chain's tag, as LogBlocks name it. */
  public long chainTag() {
    return Long.parseUnsignedLong(chain(), 16);
  }

  /** How far a log came; empty if the chain has no LogBlock of it. */
  public Optional<LogStanding> standing(String origin) throws IOException {
    return client
        .find("/v1/logs?origin=" + encoded(origin))
        .map(
            json ->
                new LogStanding(
                    hash(json, "owner"),
                    json.required("number").asLong(),
                    hash(json, "digest"),
                    json.required("size").asLong(),
                    hash(json, "root"),
                    json.required("height").asLong(),
                    json.required("forked").asBoolean()));
  }

  /** The size of the newest checkpoint that was anchored of a log; 0 if none was. */
  public long anchored(String origin) throws IOException {
    return client
        .find("/v1/anchors?origin=" + encoded(origin))
        .map(json -> json.required("size").asLong())
        .orElse(0L);
  }

  /**
   * Makes the transaction of a LogBlock, or finds the one made before if it may still become final.
   *
   * @param before the transaction under way that this one comes after; empty if none is
   */
  public Sending prepare(Signer owner, LogBlockSubmission submission, Optional<Sending> before)
      throws IOException {
    long height = client.get("/v1/status").required("height").asLong();
    long sequence =
        before.isPresent() ? before.get().sequence + 1 : client.sequence(owner.publicKey());
    long number = submission.signed().block().number();
    Sending known = made.get(number);
    if (known == null
        || !known.submission.equals(submission)
        || known.sequence != sequence
        || known.expiry <= height) {
      known = made(owner, submission, sequence, height + LIFE);
      made.put(number, known);
    }
    made.keySet().removeIf(old -> old < number - LIFE);
    return known;
  }

  private Sending made(Signer owner, LogBlockSubmission submission, long sequence, long expiry)
      throws IOException {
    try {
      LedgerTransactions.Signed signed =
          LedgerTransactions.of(status)
              .logBlock(owner, new LedgerTransactions.Place(sequence, expiry), submission);
      return new Sending(submission, sequence, expiry, signed);
    } catch (SigningException e) {
      throw new IOException("the log's owner did not sign", e);
    }
  }

  /**
   * Sends it and waits for it to be final. Several may be sent at once, by threads of their own.
   *
   * @return the height that made it final; empty if that is not known yet
   * @throws RefusedLogBlockException if the ledger executed it to no effect
   * @throws IOException if the validator does not take it, or does not answer
   */
  public Optional<Long> send(Sending sending, Duration wait) throws IOException {
    JsonNode answer = client.submit("/v1/transactions", sending.signed.encoded(), wait);
    if (answer.path("status").asString("").equals("WAITING")) {
      return Optional.empty();
    }
    return switch (answer.path("result").asString("")) {
      case "OK" -> Optional.of(answer.required("height").asLong());
      case "LOGBLOCK_KNOWN" -> Optional.empty();
      default ->
          throw new RefusedLogBlockException(
              "the ledger refused LogBlock %d: %s".formatted(sending.block().number(), answer));
    };
  }

  /** It did not become final, and will not: another one is made in its place. */
  public void forget(Sending sending) {
    made.remove(sending.block().number());
  }

  private static Bytes32 hash(JsonNode json, String name) {
    return Bytes32.ofHex(json.required(name).asString());
  }

  private static String encoded(String origin) {
    return URLEncoder.encode(origin, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
