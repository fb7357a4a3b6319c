package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A name server on loopback, asked over real sockets. */
final class NameServerIT {

  private static final Ipv4 HERE = Ipv4.of("127.0.0.1");
  private static final HexFormat HEX = HexFormat.of();

  /** Knows {@code web}, and that nobody else is to be asked. */
  private static final NameServer.Zone ZONE =
      new NameServer.Zone() {
        @Override
        public Optional<byte[]> answer(DnsMessage query, Ipv4 client) {
          assertEquals(HERE, client);
          return query.name().equals("web")
              ? Optional.of(query.addressesOf(List.of(Places.at("172.18.0.2", ""))))
              : Optional.empty();
        }

        @Override
        public List<String> resolversFor(Ipv4 client) {
          assertEquals(HERE, client);
          return List.of();
        }
      };

  private static byte[] query(String label) {
    return HEX.parseHex("00070100000100000000000003" + label + "0000010001");
  }

  @Test
  void aKnownNameIsAnsweredByDatagramAndByStream() throws IOException {
    try (NameServer server = new NameServer(HERE, ZONE)) {
      String byDatagram = HEX.formatHex(overDatagram(server, query("776562")));
      assertEquals("ac120002", byDatagram.substring(byDatagram.length() - 8));
      assertEquals(byDatagram, HEX.formatHex(overStream(server, query("776562"))));
    }
  }

  @Test
  void aNameThatNobodyKnowsFailsAtOnce() throws IOException {
    try (NameServer server = new NameServer(HERE, ZONE)) {
      byte[] answer = overDatagram(server, query("78787a"));
      assertEquals(DnsMessage.SERVER_FAILURE, answer[3] & 0x0F);
    }
  }

  @Test
  void junkIsNotAnsweredAndHarmsNothing() throws IOException {
    try (NameServer server = new NameServer(HERE, ZONE);
        DatagramSocket client = new DatagramSocket()) {
      client.connect(InetAddress.getLoopbackAddress(), server.datagramPort());
      for (int length = 0; length < 40; length++) {
        client.send(new DatagramPacket(new byte[length], length));
      }
      assertEquals(0, overDatagram(server, query("776562"))[3] & 0x0F);
    }
  }

  private static byte[] overDatagram(NameServer server, byte[] query) throws IOException {
    try (DatagramSocket client = new DatagramSocket()) {
      client.setSoTimeout(10_000);
      client.connect(InetAddress.getLoopbackAddress(), server.datagramPort());
      client.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      client.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static byte[] overStream(NameServer server, byte[] query) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.streamPort())) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write(new byte[] {0, (byte) query.length});
      client.getOutputStream().write(query);
      DataInputStream in = new DataInputStream(client.getInputStream());
      return in.readNBytes(in.readUnsignedShort());
    }
  }
}
