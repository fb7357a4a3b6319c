package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three tiers with a real Redis, run by {@code docker compose} and by its predecessor. */
@Timeout(300)
class ComposeIT extends WithDockLock {

  private static final Path COMPOSE_1 = Path.of("/usr/bin/docker-compose");

  private static Path file(String name) throws IOException {
    Path file = fixture.directory().resolve(name);
    try (InputStream in = ComposeIT.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static String compose(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("compose", "-f", fixture.directory().resolve("compose.yaml").toString()));
    all.addAll(List.of(arguments));
    return fixture.docker(all.toArray(String[]::new));
  }

  @Test
  void threeTiersComeUpInOrderAndWorkAndGo() throws Exception {
    FetchedClients.plugin(fixture, "docker-compose");
    Path redis = FetchedClients.file("redis.tar");
    fixture.docker("import", "-c", "CMD [\"redis-server\"]", redis.toString(), "redis:7");
    file("compose.yaml");

    compose("up", "-d", "--wait");
    assertEquals(
        List.of("app running", "db running", "web running"),
        compose("ps", "--format", "{{.Service}} {{.State}}").lines().sorted().toList());
    assertTrue(compose("ps", "--status", "running", "db").contains("(healthy)"));
    eventually("ready", "logs", "app");
    assertEquals("middle", compose("exec", "-T", "app", "sh", "-c", "echo $TIER"));

    // The web tier reaches the middle one by alias, that the data by name; the web tier does not.
    assertEquals(":1", compose("exec", "-T", "web", "nc", "backend", "9000"));
    assertTrue(
        fixture.attempt(command("exec", "-T", "web", "nc", "-w", "1", "db", "6379")).exit() != 0);
    String published = compose("port", "web", "80");
    assertEquals("hello", Commands.check("curl", "-s", published).strip());

    compose("up", "-d", "--scale", "app=3");
    assertEquals(3, compose("ps", "-q", "app").lines().count());
    compose("up", "-d", "--scale", "app=1");
    assertEquals(1, compose("ps", "-q", "app").lines().count());

    compose("--profile", "extra", "up", "-d");
    eventually("hits", "--profile", "extra", "logs", "tool");

    // What is in the volume outlives its container; what runs outlives the engine.
    compose("up", "-d", "--force-recreate", "--wait", "db");
    fixture.reopen();
    compose("restart", "app");
    eventually(":", "exec", "-T", "app", "sh", "-c", "test -x /hit && /hit");
    assertEquals(
        "$1\n2",
        compose("exec", "-T", "app", "sh", "-c", "echo GET hits | nc -w 1 db 6379")
            .replace("\r", ""));

    compose("--profile", "extra", "down", "-v");
    assertEquals(
        "", fixture.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=shop"));
    assertEquals("", fixture.docker("network", "ls", "-q", "--filter", "name=shop_"));
    assertEquals("", fixture.docker("volume", "ls", "-q", "--filter", "name=shop_"));
  }

  private static String[] command(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("compose", "-f", fixture.directory().resolve("compose.yaml").toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static void eventually(String words, String... arguments) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    String seen = "";
    while (System.nanoTime() < end) {
      seen = fixture.attempt(command(arguments)).text();
      if (seen.contains(words)) {
        return;
      }
      LockSupport.parkNanos(200_000_000);
    }
    assertTrue(seen.contains(words), seen);
  }

  @Test
  void itsPredecessorWorksToo() throws Exception {
    assumeTrue(
        Files.isExecutable(COMPOSE_1), "skipped: Debian 12's docker-compose is not installed");
    Path file = file("compose-1.yaml");
    predecessor(file, "up", "-d");
    assertEquals(2, predecessor(file, "ps", "-q").lines().count());
    assertEquals(
        "old",
        predecessor(file, "exec", "-T", "client", "wget", "-q", "-O", "-", "http://web/").strip());
    String web = predecessor(file, "ps", "-q", "web").strip();
    String networks =
        fixture.docker(
            "inspect", "-f", "{{range $n, $_ := .NetworkSettings.Networks}}{{$n}} {{end}}", web);
    assertEquals("old_one old_two", networks);
    predecessor(file, "down", "-v");
    assertEquals("", fixture.docker("network", "ls", "-q", "--filter", "name=old_"));
  }

  private static String predecessor(Path file, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "DOCKER_HOST=unix://" + fixture.engine().dockerSocket(),
                COMPOSE_1.toString(),
                "-p",
                "old",
                "-f",
                file.toString()));
    command.addAll(List.of(arguments));
    return Commands.check(command.toArray(String[]::new));
  }
}
