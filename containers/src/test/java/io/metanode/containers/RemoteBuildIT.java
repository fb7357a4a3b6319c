package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.TarBuilder;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds whose context lies at an address, and what is told of builds. */
class RemoteBuildIT extends BuildClient {

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private String place;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] tar =
        new TarBuilder()
            .file("Dockerfile", "FROM bb\nRUN echo usual\n")
            .file("other", "FROM bb\nCOPY given /\nRUN cat /given\n")
            .file("given", "from the archive\n")
            .bytes();
    server.createContext("/c.tar", exchange -> answer(exchange, "application/x-tar", tar));
    server.createContext(
        "/c.tgz", exchange -> answer(exchange, "application/octet-stream", TarBuilder.gzip(tar)));
    byte[] text = "FROM bb\nRUN echo alone\n".getBytes(StandardCharsets.UTF_8);
    server.createContext("/text", exchange -> answer(exchange, "text/plain; charset=utf-8", text));
    server.createContext("/page", exchange -> answer(exchange, "text/html", text));
    server.start();
    place = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    asked.incrementAndGet();
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String remote(String rest) throws Exception {
    return post("FROM nosuch\n", "remote=" + place + rest);
  }

  @Test
  void archivesAndDockerfilesAtAnAddress() throws Exception {
    assertTrue(remote("/c.tar&t=remote:1").contains("usual"));
    assertEquals("image.build", lastOperation());
    String packed = remote("/c.tgz%3Fkey%3Dsecret&dockerfile=other");
    assertTrue(packed.contains("from the archive"), packed);
    String alone = remote("/text&dockerfile=nosuch");
    assertTrue(alone.contains("alone"), alone);
    String attributes =
        fixture.receipts().since(Instant.EPOCH).stream()
            .filter(step -> step.operation().equals("image.build"))
            .map(Object::toString)
            .reduce("", String::concat);
    assertFalse(attributes.contains("secret"), attributes);
  }

  @Test
  void aPolicyRefusesAnAddressBeforeItIsFetched() throws Exception {
    Policy strict =
        request ->
            new Decision(
                place.concat("/c.tar").equals(request.attributes().get("remote"))
                    ? Decision.Effect.DENY
                    : Decision.Effect.ALLOW,
                "at-home",
                new Digest("0".repeat(64)),
                "contexts come from here alone");
    DockLockFixture guarded = new DockLockFixture(strict);
    try {
      String answer =
          Commands.check(
              "curl",
              "-s",
              "-X",
              "POST",
              "--unix-socket",
              guarded.engine().dockerSocket().toString(),
              "http://docker/v1.44/build?remote=" + place + "/c.tar%3Fkey%3Dsecret");
      assertTrue(answer.contains("contexts come from here alone"), answer);
      assertEquals(0, asked.get());
    } finally {
      guarded.close();
    }
  }

  @Test
  void whatIsNoContextIsRefusedWithAReason() throws Exception {
    assertTrue(remote("/page").contains("unsupported Content-Type"), remote("/page"));
    assertTrue(remote("/nosuch").contains("with status 404"), remote("/nosuch"));
    String git = post("FROM bb\n", "remote=" + place + "/r.git%23main");
    assertTrue(git.contains("git repository is not supported"), git);
    assertTrue(post("FROM bb\n", "remote=x").contains("could not be recognized as URL"));
  }

  @Test
  void buildsAndCommitsAreToldAsEvents() throws Exception {
    build("FROM bb\nLABEL told=yes\nRUN echo " + place + "\n", "-t", "told:1");
    fixture.docker("create", "--name", "teller", "told:1");
    fixture.docker("commit", "teller", "told:2");
    fixture.docker("rm", "teller");
    String events =
        fixture.docker(
            "events",
            "--until",
            Long.toString(Instant.now().getEpochSecond() + 1),
            "--format",
            "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}");
    String built = fixture.docker("inspect", "-f", "{{.Id}}", "told:1");
    String committed = fixture.docker("inspect", "-f", "{{.Id}}", "told:2");
    assertTrue(events.contains("image create " + built + "\nimage tag told:1\n"), events);
    assertTrue(
        events.contains(
            "image create " + committed + "\nimage tag told:2\ncontainer commit teller\n"),
        events);
    String labelled =
        fixture.docker(
            "events",
            "--until",
            Long.toString(Instant.now().getEpochSecond()),
            "--filter",
            "label=told=yes",
            "--filter",
            "type=image",
            "--format",
            "{{.Actor.Attributes.name}}");
    assertEquals("told:1\ntold:2", labelled);
  }

  @Test
  void saysWhatIsWrongAsDockerDoes() throws Exception {
    fails("", "the Dockerfile (Dockerfile) cannot be empty");
    fails("FROM bb\nCOPY --from=0 a.txt /\n", "invalid from flag value 0: refers to current");
    fails("FROM bb\nCOPY --from=localhost:1/x a /\n", "invalid from flag value localhost:1/x: ");
    fails("FROM bb\nRUN touch /f\nVOLUME /f\n", "file exists /f");
    fails("FROM bb\n", "unknown operating system or architecture", "--platform", "foobar");
  }

  @Test
  void whatOnlyBeginsLikeAnArchiveIsCopied() throws Exception {
    byte[] begun = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4, (byte) 0xe6, (byte) 0xd6};
    Files.write(context.resolve("short.xz"), begun);
    build("FROM bb\nADD short.xz /\n", "-t", "short");
    assertEquals("10", run("short", "wc -c < /short.xz"));
  }
}
