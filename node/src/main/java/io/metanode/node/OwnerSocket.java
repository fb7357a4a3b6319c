package io.metanode.node;

import io.metanode.billing.HourlyBilling;
import io.metanode.cli.NodeSocket;
import io.metanode.economy.PaymentOffer;
import io.metanode.foundation.Bytes32;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import jdk.net.ExtendedSocketOptions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes requests of the node's owner, and of no one else, on a socket in the home
 * (docs/formats/node-socket.md). The kernel tells who asks.
 */
final class OwnerSocket implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(OwnerSocket.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST_INVOICE = (1 << 26) + 1;

  private final Path socket;
  private final ServerSocketChannel server;
  private final ReceiptLog receipts;
  private final Payments payments;

  /** What the owner says of bills. */
  interface Payments {
    /** Receipts what was paid of a bill. */
    HourlyBilling.Receipted paid(Actor actor, PaymentOffer offer) throws IOException;

    /** Issues an invoice; returns the receipt's index. */
    long issue(Actor actor, byte[] json) throws IOException;

    /** Those of a node. */
    static Payments of(HourlyBilling billing) {
      return new Payments() {
        @Override
        public HourlyBilling.Receipted paid(Actor actor, PaymentOffer offer) throws IOException {
          return billing.paid(actor, offer);
        }

        @Override
        public long issue(Actor actor, byte[] json) throws IOException {
          return billing.issue(actor, json);
        }
      };
    }
  }

  private OwnerSocket(
      Path socket, ServerSocketChannel server, ReceiptLog receipts, Payments payments) {
    this.payments = payments;
    this.socket = socket;
    this.server = server;
    this.receipts = receipts;
  }

  /** Serves from now on; with the home's lock held, so a socket that is there is a dead node's. */
  static OwnerSocket open(Path socket, ReceiptLog receipts, Payments payments) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot serve on " + socket + ": " + e.getMessage(), e);
    }
    OwnerSocket owner = new OwnerSocket(socket, server, receipts, payments);
    Thread.ofVirtual().name("owner-socket").start(owner::serve);
    return owner;
  }

  private void serve() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "no more requests are taken on " + socket, e);
        return;
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client) {
      ObjectNode answer = JSON.createObjectNode();
      try {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        carryOut(line(Channels.newInputStream(client)), actor(user), answer);
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a request was refused", e);
        answer.removeAll().put("error", String.valueOf(e.getMessage()));
      }
      ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client went early", e);
    }
  }

  /** Who asks; the socket's mode and its directory's let in the owner of the node alone. */
  private static Actor actor(String user) throws IOException {
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return new Actor("unix", user, OptionalLong.of(((Integer) uid).longValue()));
  }

  private void carryOut(byte[] request, Actor actor, ObjectNode answer) throws IOException {
    JsonNode question;
    try {
      question = JSON.readTree(request);
    } catch (JacksonException e) {
      throw new IOException("a request is one line of JSON", e);
    }
    String operation = question.path("operation").asString("");
    switch (operation) {
      case NodeSocket.ROTATE -> {
        ReceiptLog.Rotation rotation = receipts.rotate(actor);
        String keyId = rotation.signer().publicKey().id().hex();
        answer.put("index", rotation.index()).put("keyId", keyId);
      }
      case NodeSocket.PAID -> {
        HourlyBilling.Receipted receipted = payments.paid(actor, offer(question));
        answer
            .put("index", receipted.index())
            .put("status", receipted.verdict().status().name())
            .put("amount", Long.toString(receipted.verdict().amount()))
            .put("left", Long.toString(receipted.verdict().left()));
      }
      case NodeSocket.ISSUE -> {
        String file = question.path("file").asString("");
        try (InputStream in = Files.newInputStream(Path.of(file))) {
          answer.put("index", payments.issue(actor, in.readNBytes(LARGEST_INVOICE)));
        }
      }
      default -> throw new IOException("no such operation: " + operation);
    }
  }

  private static PaymentOffer offer(JsonNode question) throws IOException {
    String tenant = question.path("tenant").asString("");
    Bytes32 bill = bill(question.path("settlement").asString(""));
    if (question.path("credit").asBoolean(false)) {
      return PaymentOffer.fromCredit(tenant, bill);
    }
    String amount = question.path("amount").asString("");
    if (!amount.matches("([1-9][0-9]{0,17})?")) {
      throw new IOException("an amount is minor units of NEX, in digits");
    }
    return PaymentOffer.said(
        tenant,
        bill,
        amount.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(amount)));
  }

  private static Bytes32 bill(String hex) throws IOException {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IOException("a bill is named by 64 hexadecimal digits");
    }
    return Bytes32.ofHex(hex);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() >= NodeSocket.LONGEST_LINE) {
        throw new IOException("the request is too long");
      }
      line.write(b);
    }
    return line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
