package io.metanode.node;

import io.metanode.cli.NodeSocket;
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

  private final Path socket;
  private final ServerSocketChannel server;
  private final ReceiptLog receipts;
  private final Payments payments;

  /** Receipts that a tenant paid a settlement; returns the receipt's index. */
  @FunctionalInterface
  interface Payments {
    long paid(Actor actor, String tenant, Bytes32 settlement) throws IOException;
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
      case NodeSocket.PAID ->
          answer.put(
              "index",
              payments.paid(
                  actor,
                  question.path("tenant").asString(""),
                  settlement(question.path("settlement").asString(""))));
      default -> throw new IOException("no such operation: " + operation);
    }
  }

  private static Bytes32 settlement(String hex) throws IOException {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IOException("a settlement is named by 64 hexadecimal digits");
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
