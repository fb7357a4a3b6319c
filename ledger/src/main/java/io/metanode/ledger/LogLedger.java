package io.metanode.ledger;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A validator, as a log sees it that submits LogBlocks. To submit the same LogBlock again does no
 * harm. Not safe for use by many threads.
 */
public final class LogLedger implements AutoCloseable {

  /** Heights after which a transaction that was lost may be made anew. */
  private static final long LIFE = 200;

  private final LedgerClient client;
  private final JsonNode status;
  private @Nullable Sent sent;

  /** A transaction that may still become final: it is sent again as it was. */
  private record Sent(
      LogBlockSubmission submission,
      long sequence,
      long expiry,
      LedgerTransactions.Signed signed) {}

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
    return ask("/v1/logs?origin=" + encoded(origin))
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
    return ask("/v1/anchors?origin=" + encoded(origin))
        .map(json -> json.required("size").asLong())
        .orElse(0L);
  }

  private Optional<JsonNode> ask(String path) throws IOException {
    try {
      return Optional.of(client.get(path));
    } catch (LedgerClient.RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Submits a LogBlock and waits for it to be final.
   *
   * @return the height that made it final; empty if that is not known yet
   * @throws IOException if it was refused, or the validator does not answer
   */
  public Optional<Long> submit(Signer owner, LogBlockSubmission submission, Duration wait)
      throws IOException {
    long height = client.get("/v1/status").required("height").asLong();
    String account = LedgerTransactions.account(owner.publicKey());
    long sequence = client.get("/v1/accounts/" + account).required("sequence").asLong();
    Sent known = sent;
    if (known == null
        || !known.submission().equals(submission)
        || known.sequence() != sequence
        || known.expiry() <= height) {
      known = made(owner, submission, sequence, height + LIFE);
      sent = known;
    }
    JsonNode answer = client.submit("/v1/transactions", known.signed().encoded(), wait);
    if (answer.path("status").asString("").equals("WAITING")) {
      return Optional.empty();
    }
    String result = answer.path("result").asString("");
    sent = null;
    return switch (result) {
      case "OK" -> Optional.of(answer.required("height").asLong());
      case "LOGBLOCK_KNOWN" -> Optional.empty();
      default ->
          throw new IOException(
              "the ledger refused LogBlock %d: %s"
                  .formatted(submission.signed().block().number(), answer));
    };
  }

  private Sent made(Signer owner, LogBlockSubmission submission, long sequence, long expiry)
      throws IOException {
    try {
      LedgerTransactions.Signed signed =
          LedgerTransactions.of(
                  chain(),
                  status.required("leastFeeBase").asLong(),
                  status.required("leastFeePerByte").asLong())
              .logBlock(owner, new LedgerTransactions.Place(sequence, expiry), submission);
      return new Sent(submission, sequence, expiry, signed);
    } catch (SigningException e) {
      throw new IOException("the log's owner did not sign", e);
    }
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
