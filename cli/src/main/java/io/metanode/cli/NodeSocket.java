package io.metanode.cli;

import io.metanode.foundation.Digest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a running node for what only it can do: one request and one answer a connection, each a line
 * of JSON (docs/formats/node-socket.md).
 */
public final class NodeSocket {

  /** The request to pass the log of receipts to a new key. */
  public static final String ROTATE = "receipts.rotate";

  /** The request to receipt that something was paid of a bill. */
  public static final String PAID = "bill.paid";

  /** The request to issue an invoice. */
  public static final String ISSUE = "bill.issue";

  /** Bytes of a request or an answer, at most. */
  public static final int LONGEST_LINE = 1 << 16;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path socket;

  public NodeSocket(Path socket) {
    this.socket = socket;
  }

  /**
   * A new key of the log of receipts.
   *
   * @param index the receipt that names it, the last under the old key
   * @param keyId the new key
   */
  public record Rotation(long index, Digest keyId) {}

  /**
   * Has the node pass its log to a new key; it is in force when this returns.
   *
   * @throws CommandException in the node's words if it refuses
   * @throws IOException if no node answers
   */
  public Rotation rotateReceiptKey() throws IOException {
    JsonNode answer = ask(JSON.createObjectNode().put("operation", ROTATE));
    return new Rotation(
        answer.required("index").asLong(), new Digest(answer.required("keyId").asString()));
  }

  /**
   * What was receipted as paid, in minor units of NEX.
   *
   * @param index the receipt's
   * @param status of the payment
   * @param left what is owed on the bill after it
   */
  public record Paid(long index, String status, long amount, long left) {}

  /**
   * Has the node receipt that a tenant paid a bill; durable when this returns.
   *
   * @param bill the digest of a settlement or an invoice
   * @param amount in minor units of NEX; if empty, all that is owed
   * @param credit whether it is paid by what was paid too much before
   * @throws CommandException in the node's words if it refuses
   * @throws IOException if no node answers
   */
  public Paid paid(String tenant, Digest bill, OptionalLong amount, boolean credit)
      throws IOException {
    ObjectNode question =
        JSON.createObjectNode()
            .put("operation", PAID)
            .put("tenant", tenant)
            .put("settlement", bill.hex())
            .put("credit", credit);
    amount.ifPresent(units -> question.put("amount", Long.toString(units)));
    JsonNode answer = ask(question);
    return new Paid(
        answer.required("index").asLong(),
        answer.required("status").asString(),
        answer.required("amount").asLong(),
        answer.required("left").asLong());
  }

  /**
   * Has the node issue an invoice; durable when this returns.
   *
   * @param invoice its file, as JSON
   * @return the receipt's index
   * @throws CommandException in the node's words if it refuses
   * @throws IOException if no node answers
   */
  public long issue(Path invoice) throws IOException {
    return ask(JSON.createObjectNode()
            .put("operation", ISSUE)
            .put("file", invoice.toAbsolutePath().toString()))
        .required("index")
        .asLong();
  }

  private JsonNode ask(ObjectNode question) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String request = question + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      byte[] line = Channels.newInputStream(channel).readNBytes(LONGEST_LINE);
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new CommandException("the node refused: " + answer.path("error").asString());
      }
      return answer;
    } catch (IOException | JacksonException e) {
      throw new IOException(
          "the node did not answer on " + socket + ": " + e.getMessage() + "; metanode status", e);
    }
  }
}
