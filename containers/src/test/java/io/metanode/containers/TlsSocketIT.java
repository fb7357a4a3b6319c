package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.TestCertificates;
import io.metanode.containers.image.Commands;
import io.metanode.foundation.SystemClock;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real client over TCP with certificates, and those who have none that counts. */
@Timeout(180)
class TlsSocketIT {

  private static DockLockFixture fixture;
  private static TestCertificates certificates = new TestCertificates(Path.of("/nonexistent"));
  private static int port;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
    certificates =
        new TestCertificates(Files.createDirectory(fixture.directory().resolve("tls")))
            .authority("ca")
            .authority("stranger")
            .issue("server", "ca", "/CN=server", "serverAuth", 2)
            .issue("alice", "ca", "/O=Acme/CN=alice", "clientAuth", 2)
            .issue("expired", "ca", "/CN=expired", "clientAuth", -1)
            .issue("wrong-use", "ca", "/CN=wrong-use", "serverAuth", 2)
            .issue("mallory", "stranger", "/O=Acme/CN=alice", "clientAuth", 2);
    port =
        fixture
            .engine()
            .serveRemotely(
                new RemoteSettings(
                    "127.0.0.1",
                    0,
                    certificates.certificate("server"),
                    certificates.key("server"),
                    certificates.certificate("ca")));
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static String[] as(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "DOCKER_CONFIG=" + fixture.directory().resolve("client"),
                "docker",
                "--tlsverify",
                "--tlscacert",
                certificates.certificate("ca").toString(),
                "--tlscert",
                certificates.certificate(name).toString(),
                "--tlskey",
                certificates.key(name).toString(),
                "-H",
                "tcp://127.0.0.1:" + port));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static String shell(String input, String... command) throws Exception {
    List<String> quoted = new ArrayList<>();
    for (String word : command) {
      quoted.add("'" + word + "'");
    }
    return Commands.check("sh", "-c", input + " | " + String.join(" ", quoted));
  }

  @Test
  void receiptsNameTheCertificatesSubject() throws Exception {
    Instant begun = SystemClock.INSTANCE.now();
    assertEquals(
        "hello", Commands.check(as("alice", "run", "--rm", "bb", "echo", "hello")).strip());
    Actor actor =
        fixture.receipts().since(begun).stream()
            .filter(step -> step.operation().equals("container.start"))
            .toList()
            .getLast()
            .actor();
    assertEquals("tls:CN=alice,O=Acme", actor.toString());
  }

  @Test
  void theEndOfInputIsSeenWhileOutputGoesOn() throws Exception {
    String counted =
        shell(
            "seq 200000",
            as(
                "alice",
                "run",
                "-i",
                "--rm",
                "bb",
                "sh",
                "-c",
                "cat | wc -l; sleep 0.5; echo after"));
    assertEquals("200000\nafter", counted.strip());
  }

  @Test
  void streamsOfAllKindsWork() throws Exception {
    Commands.check(
        as(
            "alice",
            "run",
            "-d",
            "--name",
            "talks",
            "bb",
            "sh",
            "-c",
            "while read x; do echo got $x; done; sleep 300"));
    try {
      assertEquals("in", shell("echo in", as("alice", "exec", "-i", "talks", "cat")).strip());
      assertEquals(
          16 << 20,
          Integer.parseInt(
              shell(
                          "head -c 16777216 /dev/zero",
                          as("alice", "exec", "-i", "talks", "sh", "-c", "cat"))
                      .length()
                  + ""));
      Process follower =
          new ProcessBuilder(as("alice", "logs", "-f", "talks")).redirectErrorStream(true).start();
      Commands.check(as("alice", "rm", "-f", "talks"));
      assertTrue(follower.waitFor(Duration.ofSeconds(20)), "logs -f goes on after the end");
      Path tar = fixture.directory().resolve("passwd.tar");
      Commands.check(as("alice", "create", "--name", "files", "bb"));
      shell(
          "true",
          "sh",
          "-c",
          String.join(" ", as("alice", "cp", "files:/etc/passwd", "-")) + " > " + tar);
      assertTrue(Files.size(tar) > 1024);
      Commands.check(as("alice", "rm", "files"));
    } finally {
      Commands.run(as("alice", "rm", "-f", "talks"));
    }
  }

  @Test
  void whoHasNoCertificateThatCountsIsNotLetIn() throws Exception {
    Instant begun = SystemClock.INSTANCE.now();
    for (String name : List.of("mallory", "expired", "wrong-use")) {
      Commands.Output refused = Commands.run(as(name, "ps"));
      assertNotEquals(0, refused.exit(), name);
    }
    Commands.Output none =
        Commands.run(
            "docker",
            "--tls",
            "--tlscacert",
            certificates.certificate("ca").toString(),
            "-H",
            "tcp://127.0.0.1:" + port,
            "ps");
    assertNotEquals(0, none.exit());
    assertNotEquals(0, Commands.run("docker", "-H", "tcp://127.0.0.1:" + port, "ps").exit());
    assertEquals(
        0,
        fixture.receipts().since(begun).stream()
            .filter(step -> step.actor().kind().equals("tls"))
            .count());
  }

  @Test
  void handshakesThatNeverEndHoldUpNobody() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(0x16);
        slow.add(socket);
      }
      assertEquals(0, fixture.attempt("ps").exit(), "the unix socket is served on");
      Instant until = SystemClock.INSTANCE.now().plusSeconds(30);
      Commands.Output answer = Commands.run(as("alice", "ps"));
      while (answer.exit() != 0 && SystemClock.INSTANCE.now().isBefore(until)) {
        answer = Commands.run(as("alice", "ps"));
      }
      assertEquals(0, answer.exit());
      slow.getFirst().setSoTimeout(20_000);
      assertTrue(ended(slow.getFirst()), "a handshake that does not end is ended");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void oneAddressTakesNoRoomOfAnother() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        InetAddress other = InetAddress.ofLiteral("127.0.0.2");
        slow.add(new Socket(InetAddress.getLoopbackAddress(), port, other, 0));
      }
      assertEquals(0, Commands.run(as("alice", "ps")).exit());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
