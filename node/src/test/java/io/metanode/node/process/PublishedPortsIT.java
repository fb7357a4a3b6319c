package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.process.Finished;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Ports of containers, reached from everywhere they should be. */
final class PublishedPortsIT {

  private static final String IMAGE = "metanode/ports:latest";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_MILLIS = 5_000;

  /** Busybox has no UDP server; the host's perl is run inside the container. */
  private static final List<String> UDP_ECHO =
      List.of(
          "chroot",
          "/host",
          "perl",
          "-MIO::Socket::INET",
          "-e",
          "my $s = IO::Socket::INET->new(LocalPort => 53, Proto => 'udp') or die $!;"
              + " while (defined $s->recv(my $m, 100)) { $s->send(\"echo $m\") }");

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static TestNode node = new TestNode(Path.of("/nonexistent"));

  @BeforeAll
  static void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox", "perl");
    node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), IMAGE, home.resolve("image.tar"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  @AfterEach
  void removeContainers() throws IOException {
    for (String id : node.api().ids()) {
      node.api().remove(id);
    }
  }

  @Test
  void tcpIsReachedFromTheHostAndFromContainersAlsoAfterARestart() throws Exception {
    run("web", "-p", "80", IMAGE, "httpd", "-f", "-h", "/etc");
    int port = port("web", "80/tcp");
    String bridge = bridge("web");
    assertTcpFromEverywhere(bridge, port);
    node.output("down");
    node.start();
    assertEquals(port, port("web", "80/tcp"));
    assertTcpFromEverywhere(bridge, port);
    node.kill();
    node.start();
    assertTcpFromEverywhere(bridge, port);
    node.docker().output("restart", "-t", "0", "web");
    assertTcpFromEverywhere(bridge, port("web", "80/tcp"));
  }

  private void assertTcpFromEverywhere(String bridge, int port) throws Exception {
    String own = node.docker().output("exec", "web", "cat", "/etc/hostname").strip();
    for (String address : List.of(LOOPBACK, bridge)) {
      Eventually.equal("served on " + address, own, () -> get(address, port));
    }
    String url = "http://" + bridge + ":" + port + "/hostname";
    assertEquals(own, node.docker().output("run", "--rm", IMAGE, "wget", "-qO-", url).strip());
    assertEquals(own, node.docker().output("exec", "web", "wget", "-qO-", url).strip(), "itself");
  }

  @Test
  void udpIsReachedFromTheHostAndFromContainersAlsoAfterARestart() throws Exception {
    String[] server = {"-p", "53/udp", "-v", "/:/host:ro", IMAGE};
    run("echo", join(server, UDP_ECHO));
    int port = port("echo", "53/udp");
    String bridge = bridge("echo");
    assertUdpFromEverywhere(bridge, port);
    node.output("down");
    node.start();
    assertUdpFromEverywhere(bridge, port);
    node.docker().output("restart", "-t", "0", "echo");
    assertUdpFromEverywhere(bridge, port("echo", "53/udp"));
  }

  private void assertUdpFromEverywhere(String bridge, int port) throws Exception {
    for (String address : List.of(LOOPBACK, bridge)) {
      Eventually.equal("answered on " + address, "echo ping", () -> ask(address, port));
    }
    String client =
        "my $s = IO::Socket::INET->new(PeerAddr => '%s:%d', Proto => 'udp'); $s->send('ping');"
                .formatted(bridge, port)
            + " alarm 5; $s->recv(my $m, 100); print $m";
    String[] options = {"run", "--rm", "-v", "/:/host:ro", IMAGE};
    List<String> perl = List.of("chroot", "/host", "perl", "-MIO::Socket::INET", "-e", client);
    assertEquals("echo ping", node.docker().output(join(options, perl)));
  }

  @Test
  void portOnLoopbackIsTheHostsAlone() throws Exception {
    run("web", "-p", LOOPBACK + "::80", IMAGE, "httpd", "-f", "-h", "/etc");
    int port = port("web", "80/tcp");
    Eventually.holds("served", () -> !get(LOOPBACK, port).isEmpty());
    String bridge = bridge("web");
    assertThrows(IOException.class, () -> get(bridge, port));
    String url = "http://" + bridge + ":" + port + "/hostname";
    Finished other = node.docker().run("run", "--rm", IMAGE, "wget", "-qO-", url);
    assertEquals(1, other.exitCode(), other.output());
    assertTrue(other.output().contains("Connection refused"), other.output());
  }

  @Test
  void takenPortIsRefusedAndAFreedOneIsNot() throws Exception {
    run("first", "-p", "80", IMAGE, "sleep", "1000");
    String port = Integer.toString(port("first", "80/tcp"));
    Finished second =
        node.docker().run("run", "--name", "second", "-p", port + ":80", IMAGE, "true");
    assertEquals(125, second.exitCode(), second.output());
    assertTrue(
        second.output().contains("Bind for 0.0.0.0:" + port + " failed: port is already allocated"),
        second.output());
    assertEquals("created", node.api().status("second"));
    node.docker().output("rm", "-f", "first");
    assertEquals("", node.docker().output("start", "-a", "second"));
    try (ServerSocket taken = new ServerSocket(0)) {
      Finished third =
          node.docker().run("run", "--rm", "-p", taken.getLocalPort() + ":80", IMAGE, "true");
      assertEquals(125, third.exitCode(), third.output());
      assertTrue(third.output().contains("address already in use"), third.output());
    }
  }

  private void run(String name, String... rest) {
    node.docker().output(join(new String[] {"run", "-d", "--name", name}, List.of(rest)));
  }

  private static String[] join(String[] first, List<String> second) {
    return java.util.stream.Stream.concat(java.util.Arrays.stream(first), second.stream())
        .toArray(String[]::new);
  }

  private int port(String name, String inside) {
    String first = node.docker().output("port", name, inside).lines().findFirst().orElseThrow();
    return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
  }

  private String bridge(String name) {
    return node.docker()
        .output("inspect", "--format", "{{.NetworkSettings.Gateway}}", name)
        .strip();
  }

  private static String get(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write("GET /hostname HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII)
          .replaceFirst("(?s).*\r\n\r\n", "")
          .strip();
    }
  }

  private static String ask(String address, int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(1_000);
      byte[] ping = "ping".getBytes(StandardCharsets.US_ASCII);
      socket.send(new DatagramPacket(ping, ping.length, InetAddress.getByName(address), port));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException e) {
      return "";
    }
  }
}
