package io.metanode.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.metanode.cli.BusyboxImage;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on two homes of one host, each with a web server in a container. */
final class TwoNodesIT {

  private static final String IMAGE = "metanode/two:latest";
  private static final String SERVER =
      "while :; do echo -e 'HTTP/1.0 200 OK\\r\\n\\r\\nI am NAME' | nc -l -p 80 >/dev/null; done";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private TestNode first = new TestNode(Path.of("/nonexistent"));
  private TestNode second = new TestNode(Path.of("/nonexistent"));

  @BeforeEach
  void start() {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox");
    first = new TestNode(folder.resolve("first"));
    second = new TestNode(folder.resolve("second"));
  }

  @AfterEach
  void stop() throws Exception {
    first.close();
    second.close();
  }

  @Test
  void neitherDisturbsTheOther() throws Exception {
    Server one = serve(first, "one");
    Server two = serve(second, "two");
    assertNotEquals(one.gateway(), two.gateway());
    one.assertServes();
    two.assertServes();

    first.kill();
    first.start();
    one.assertServes();
    two.assertServes();

    second.output("down");
    one.assertServes();
    second.start();
    one.assertServes();
    two.assertServes();

    first.output("down", "--stop-containers");
    Eventually.holds("the first's is stopped", () -> !one.runs());
    two.assertServes();
    first.start();
    assertEquals("exited", first.api().status(one.id()));
    two.assertServes();
    second.docker().output("rm", "-f", two.id());
    first.docker().output("rm", "-f", one.id());
  }

  private Server serve(TestNode node, String name) throws Exception {
    node.start();
    BusyboxImage.ensure(node.docker(), IMAGE, node.home().resolve("image.tar"));
    String script = SERVER.replace("NAME", name);
    String id = node.docker().output("run", "-d", "-p", "80", IMAGE, "sh", "-c", script).strip();
    return new Server(
        name,
        id,
        Long.parseLong(inspect(node, id, "{{.State.Pid}}")),
        inspect(node, id, "{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}"),
        inspect(node, id, "{{.NetworkSettings.Gateway}}"));
  }

  private static String inspect(TestNode node, String id, String format) {
    return node.docker().output("inspect", "--format", format, id).strip();
  }

  private record Server(String name, String id, long pid, String port, String gateway) {

    boolean runs() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    void assertServes() throws Exception {
      assertEquals(true, runs(), name);
      Eventually.equal("answer of " + name, "I am " + name, this::answer);
    }

    private String answer() {
      try (var socket =
          new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
        socket.setSoTimeout(2_000);
        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
      } catch (IOException | StringIndexOutOfBoundsException e) {
        return e.toString();
      }
    }
  }
}
