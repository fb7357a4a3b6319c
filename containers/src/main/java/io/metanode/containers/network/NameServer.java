package io.metanode.containers.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Answers the DNS queries of one bridge network's containers, at ports of the bridge's address that
 * the firewall leads port 53 to: a container may publish port 53 on the host all the same. Names of
 * containers are answered here, all else by the resolvers of the container that asks.
 */
final class NameServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(NameServer.class.getName());
  private static final int DNS_PORT = 53;
  private static final int LONGEST = 65_535;
  private static final int PATIENCE_MILLIS = 3_000;
  private static final int BACKLOG = 64;

  /** What more ask at once is dropped: clients ask again. */
  private static final int AT_ONCE = 256;

  /** What is known on the network. */
  interface Zone {

    /** The answer to a client, if the question is about what it can know here. */
    Optional<byte[]> answer(DnsMessage query, Ipv4 client);

    /** The addresses of those to ask for a client, in order. */
    List<String> resolversFor(Ipv4 client);
  }

  private final Zone zone;
  private final DatagramSocket datagrams;
  private final ServerSocket streams;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /**
   * @param address the bridge's
   */
  NameServer(Ipv4 address, Zone zone) throws IOException {
    this.zone = zone;
    InetAddress bridge = InetAddress.getByAddress(address.octets());
    datagrams = new DatagramSocket(0, bridge);
    try {
      streams = new ServerSocket(0, BACKLOG, bridge);
    } catch (IOException e) {
      datagrams.close();
      throw e;
    }
    Thread.ofVirtual().name("metanode-names-udp").start(this::receiveAll);
    Thread.ofVirtual().name("metanode-names-tcp").start(this::acceptAll);
  }

  int datagramPort() {
    return datagrams.getLocalPort();
  }

  int streamPort() {
    return streams.getLocalPort();
  }

  private void receiveAll() {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (!datagrams.isClosed()) {
      try {
        packet.setLength(LONGEST);
        datagrams.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
        serve(() -> send(answer(query, client.getAddress(), this::byDatagram), client));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "query lost: {0}", e.getMessage());
      }
    }
  }

  private void send(Optional<byte[]> answer, InetSocketAddress client) throws IOException {
    if (answer.isPresent()) {
      datagrams.send(new DatagramPacket(answer.get(), answer.get().length, client));
    }
  }

  private void acceptAll() {
    while (!streams.isClosed()) {
      try {
        Socket client = streams.accept();
        if (!serve(() -> converse(client))) {
          client.close();
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "no client: {0}", e.getMessage());
      }
    }
  }

  private void converse(Socket client) throws IOException {
    try (client) {
      client.setSoTimeout(PATIENCE_MILLIS);
      byte[] query = read(client);
      Optional<byte[]> answer = answer(query, client.getInetAddress(), NameServer::byStream);
      if (answer.isPresent()) {
        write(client, answer.get());
      }
    }
  }

  private interface Service {
    void run() throws IOException;
  }

  private boolean serve(Service service) {
    if (!room.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name("metanode-names-answer")
        .start(
            () -> {
              try {
                service.run();
              } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "query not answered: {0}", e.getMessage());
              } finally {
                room.release();
              }
            });
    return true;
  }

  private interface Forwarding {
    byte[] ask(InetAddress resolver, byte[] query) throws IOException;
  }

  private Optional<byte[]> answer(byte[] query, InetAddress client, Forwarding forwarding) {
    Optional<DnsMessage> parsed = DnsMessage.query(query, query.length);
    Optional<Ipv4> from = Ipv4.parse(client.getHostAddress());
    Optional<byte[]> own =
        from.flatMap(ip -> parsed.flatMap(question -> zone.answer(question, ip)));
    if (own.isPresent()) {
      return own;
    }
    for (String resolver : from.map(zone::resolversFor).orElse(List.of())) {
      try {
        return Optional.of(forwarding.ask(InetAddress.ofLiteral(resolver), query));
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.DEBUG, "no answer from {0}: {1}", resolver, e.getMessage());
      }
    }
    return parsed.map(DnsMessage::failure);
  }

  private byte[] byDatagram(InetAddress resolver, byte[] query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(resolver, DNS_PORT);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[LONGEST], LONGEST);
      do {
        socket.receive(answer);
      } while (!answers(answer, query));
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static boolean answers(DatagramPacket answer, byte[] query) {
    return answer.getLength() >= 2
        && query.length >= 2
        && Arrays.equals(answer.getData(), 0, 2, query, 0, 2);
  }

  private static byte[] byStream(InetAddress resolver, byte[] query) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(resolver, DNS_PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      write(socket, query);
      return read(socket);
    }
  }

  private static byte[] read(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  private static void write(Socket socket, byte[] message) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] whole = new byte[message.length + 2];
    whole[0] = (byte) (message.length >> 8);
    whole[1] = (byte) message.length;
    System.arraycopy(message, 0, whole, 2, message.length);
    out.write(whole);
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    streams.close();
  }
}
