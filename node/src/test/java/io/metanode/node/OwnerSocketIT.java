package io.metanode.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.billing.HourlyBilling;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeSocket;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentStatus;
import io.metanode.economy.PaymentVerdict;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.SigningKeys;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node answers its owner. */
final class OwnerSocketIT {

  private static final String ORIGIN = "test.example/receipts";

  @TempDir Path home;

  private KeyDirectory keys() {
    return new KeyDirectory(home.resolve("keys"), new Gen(11));
  }

  private ReceiptLog open(SigningKeys keys) throws IOException {
    return ReceiptLog.open(home.resolve("receipts"), keys, ORIGIN, new VirtualClock());
  }

  private Path socket() {
    return home.resolve("node.sock");
  }

  private String answer(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      byte[] bytes = Channels.newInputStream(channel).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void rotatesAsOftenAsItIsAskedTo() throws Exception {
    try (ReceiptLog log = open(keys());
        OwnerSocket served = OwnerSocket.open(socket(), log, new ToyPayments())) {
      NodeSocket.Rotation first = new NodeSocket(socket()).rotateReceiptKey();
      NodeSocket.Rotation second = new NodeSocket(socket()).rotateReceiptKey();
      assertEquals(0, first.index());
      assertEquals(1, second.index());
      LogReader reader = LogReader.open(home.resolve("receipts"));
      assertEquals(
          "key/" + second.keyId().hex(),
          reader.receipt(1).step().subjects().getFirst().name(),
          served::toString);
      assertEquals("unix", reader.receipt(1).step().actor().kind());
    }
  }

  @Test
  void keyThatAnotherKeepsIsNotRotatedHere() throws Exception {
    try (ReceiptLog log = open(SigningKeys.of(keys().first()));
        OwnerSocket served = OwnerSocket.open(socket(), log, new ToyPayments())) {
      CommandException refused =
          assertThrows(
              CommandException.class,
              () -> new NodeSocket(socket()).rotateReceiptKey(),
              served::toString);
      assertTrue(
          String.valueOf(refused.getMessage()).contains("make the new key there"),
          refused::toString);
      assertEquals(0, log.size());
    }
  }

  @Test
  void whatIsNotARequestIsRefusedAndTheNextIsServed() throws Exception {
    try (ReceiptLog log = open(keys());
        OwnerSocket served = OwnerSocket.open(socket(), log, new ToyPayments())) {
      String longest = "a".repeat(NodeSocket.LONGEST_LINE + 1);
      for (String request : List.of("", "junk\n", "[]\n", "{\"operation\":\"x\"}\n", longest)) {
        assertTrue(answer(request).startsWith("{\"error\":"), served::toString);
      }
      assertEquals(0, log.size());
      assertEquals(0, new NodeSocket(socket()).rotateReceiptKey().index());
    }
  }

  @Test
  void deadNodesSocketIsReplacedAndAMissingOneIsNamed() throws Exception {
    IOException missing =
        assertThrows(IOException.class, () -> new NodeSocket(socket()).rotateReceiptKey());
    assertTrue(String.valueOf(missing.getMessage()).contains(socket().toString()));
    try (var dead = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    try (ReceiptLog log = open(keys());
        OwnerSocket served = OwnerSocket.open(socket(), log, new ToyPayments())) {
      assertEquals(0, new NodeSocket(socket()).rotateReceiptKey().index(), served::toString);
    }
  }

  /** Only acme owes something: 9 minor units. */
  private static final class ToyPayments implements OwnerSocket.Payments {

    @Override
    public HourlyBilling.Receipted paid(Actor actor, PaymentOffer offer) throws IOException {
      if (!offer.tenant().equals(Optional.of("acme")) || !actor.kind().equals("unix")) {
        throw new IOException("WRONG_TENANT: " + offer.bill());
      }
      long amount = offer.amount().orElse(offer.fromCredit() ? 2 : 9);
      PaymentStatus status = amount < 9 ? PaymentStatus.PARTIAL : PaymentStatus.PAID;
      return new HourlyBilling.Receipted(
          offer.bill().d(), new PaymentVerdict(status, "acme", amount, 9 - amount));
    }

    @Override
    public long issue(Actor actor, byte[] json) throws IOException {
      if (json.length != 2) {
        throw new IOException("no invoice: " + json.length + " bytes");
      }
      return 5;
    }
  }

  @Test
  void paymentsAreReceiptedByTheNode() throws IOException {
    try (ReceiptLog log = open(keys());
        OwnerSocket served = OwnerSocket.open(socket(), log, new ToyPayments())) {
      NodeSocket node = new NodeSocket(socket());
      Digest settlement = Digest.ofBytes(new Bytes32(0, 0, 0, 7).bytes());
      OptionalLong all = OptionalLong.empty();
      assertEquals(
          new NodeSocket.Paid(7, "PAID", 9, 0),
          node.paid("acme", settlement, all, false),
          served::toString);
      assertEquals(
          new NodeSocket.Paid(7, "PARTIAL", 4, 5),
          node.paid("acme", settlement, OptionalLong.of(4), false));
      assertEquals(
          new NodeSocket.Paid(7, "PARTIAL", 2, 7), node.paid("acme", settlement, all, true));
      CommandException refused =
          assertThrows(CommandException.class, () -> node.paid("zen", settlement, all, false));
      assertTrue(String.valueOf(refused.getMessage()).contains("WRONG_TENANT"));
      for (String amount : List.of("0", "-1", "1.5", "9999999999999999999", "x")) {
        String request =
            "{\"operation\":\"bill.paid\",\"tenant\":\"acme\",\"settlement\":\"%s\",\"amount\":\"%s\"}\n"
                .formatted(settlement.hex(), amount);
        assertTrue(answer(request).startsWith("{\"error\":"), request);
      }
      Path invoice = Files.writeString(home.resolve("invoice.json"), "{}");
      assertEquals(5, node.issue(invoice));
      assertThrows(CommandException.class, () -> node.issue(Files.writeString(invoice, "{ }")));
      assertThrows(CommandException.class, () -> node.issue(home.resolve("nothing")));
    }
  }
}
