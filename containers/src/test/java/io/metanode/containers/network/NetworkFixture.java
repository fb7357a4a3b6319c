package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.event.EventBus;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Networks of a test's own on this host, and sockets to try them with. */
final class NetworkFixture implements AutoCloseable {

  private static final Path CAPABLE = Path.of("/proc/sys/net/ipv4/ip_forward");

  final EventBus events = new EventBus();
  final NetworkSettings settings;
  private final List<Closeable> opened = new ArrayList<>();
  HostNetworks networks;

  NetworkFixture(Path state) throws IOException {
    assumeTrue(Files.isWritable(CAPABLE), "skipped: network namespaces need root");
    settings = settings(state, ProcessHandle.current().pid());
    networks = open();
  }

  static NetworkSettings settings(Path state, long key) {
    return new NetworkSettings(
        state,
        "%08x".formatted(key),
        "mnt%x".formatted(key & 0xffff),
        Subnet.parse("10.200.%d.0/24".formatted(key % 250)),
        2);
  }

  HostNetworks open() throws IOException {
    return new HostNetworks(
        settings,
        new LinuxSyscalls(),
        SystemClock.INSTANCE,
        new SystemRandomness(),
        events,
        NOBODY);
  }

  /** Containers without names. */
  static final ContainerNames NOBODY =
      new ContainerNames() {
        @Override
        public List<String> namesOf(String containerId) {
          return List.of();
        }

        @Override
        public List<String> resolversOf(String containerId) {
          return List.of();
        }
      };

  static Nft nft() {
    Optional<Nft> nft = Nft.find();
    assumeTrue(nft.isPresent(), "skipped: nft is not installed");
    return nft.orElseThrow();
  }

  Lease connect(String container, Networks.PortMapping... ports) throws Exception {
    return networks.connect(container, List.of(EndpointRequest.to("bridge")), List.of(ports));
  }

  static Networks.PortMapping port(String protocol, String host, int hostPort, int containerPort) {
    return new Networks.PortMapping(
        containerPort, protocol, Optional.of(host).filter(text -> !text.isEmpty()), hostPort);
  }

  /** A server in a container's namespace that answers each connection with its peer's address. */
  void serveTcp(int namespace, int port) throws Exception {
    ServerSocketChannel server =
        InNamespace.call(
            namespace, () -> ServerSocketChannel.open().bind(new InetSocketAddress(port)));
    opened.add(server);
    Thread.ofVirtual().start(() -> greetAll(server));
  }

  static void greetAll(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        String peer = ((InetSocketAddress) client.getRemoteAddress()).getAddress().getHostAddress();
        client.write(ByteBuffer.wrap(peer.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        // The test is over, or a client left early; the client's side asserts.
      }
    }
  }

  /** A server that sends each datagram back. */
  void serveUdp(int namespace, int port) throws Exception {
    DatagramChannel server =
        InNamespace.call(namespace, () -> DatagramChannel.open().bind(new InetSocketAddress(port)));
    opened.add(server);
    Thread.ofVirtual().start(() -> echoAll(server));
  }

  private static void echoAll(DatagramChannel server) {
    ByteBuffer buffer = ByteBuffer.allocate(2048);
    while (server.isOpen()) {
      try {
        SocketAddress peer = server.receive(buffer.clear());
        server.send(buffer.flip(), peer);
      } catch (IOException e) {
        // The test is over; the client's side asserts.
      }
    }
  }

  /** What a server says to a client on the host. */
  static String ask(String address, int port) throws IOException {
    try (SocketChannel client = SocketChannel.open()) {
      client.socket().connect(new InetSocketAddress(address, port), 3000);
      return new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String askFrom(int namespace, String address, int port) throws Exception {
    return InNamespace.call(namespace, () -> ask(address, port));
  }

  static String askUdp(String address, int port, String text) throws IOException {
    try (DatagramChannel client = DatagramChannel.open()) {
      client.connect(new InetSocketAddress(address, port));
      client.socket().setSoTimeout(3000);
      client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      client.socket().receive(packet);
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
  }

  /** What a program prints that runs in a namespace held by this process. */
  static String inside(int namespace, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("nsenter");
    all.add("--net=/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), namespace));
    all.addAll(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), String.join(" ", command));
  }

  /** An address of this host that is not a loopback address. */
  static String hostAddress() throws IOException {
    Optional<String> address =
        NetworkInterface.networkInterfaces()
            .filter(link -> !link.getName().startsWith("mn") && !isBridge(link.getName()))
            .flatMap(link -> link.inetAddresses())
            .filter(each -> each.getAddress().length == 4 && !each.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst();
    assumeTrue(address.isPresent(), "skipped: the host has only loopback addresses");
    return address.orElseThrow();
  }

  /** A bridge may be another engine's, which rewrites the addresses of what leaves it. */
  private static boolean isBridge(String link) {
    return Files.isDirectory(Path.of("/sys/class/net", link, "bridge"));
  }

  static List<String> links() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
      return links.map(link -> link.getFileName().toString()).toList();
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : opened) {
      each.close();
    }
    networks.removeAllExcept(Set.of());
    networks.close();
  }
}
