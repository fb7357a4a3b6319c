package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An engine that is killed at any moment while a client connects and disconnects a running
 * container: the next one finds each network joined or not, in the container as in what it says.
 */
@Timeout(300)
class KilledEngineIT {

  private static final int ROUNDS = 5;

  private VictimEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = new VictimEngine();
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.end();
    }
  }

  @Test
  void everyNetworkIsJoinedOrNotAndNothingIsLeftBehind() throws Exception {
    engine.must("network", "create", "na");
    engine.must("network", "create", "nb");
    engine.must("run", "-d", "--name", "cc", "--network", "na", "bb", "sleep", "1000");
    engine.must(
        "run",
        "-d",
        "--name",
        "other",
        "--network",
        "na",
        "--network",
        "nb",
        "bb",
        "sleep",
        "1000");
    Random random = new Random(11);
    for (int round = 0; round < ROUNDS; round++) {
      long after = random.nextLong(10_000_000L, 400_000_000L);
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    LockSupport.parkNanos(after);
                    engine.kill();
                  });
      String last = "none";
      while (engine.isAlive()) {
        if (engine.docker("network", "connect", "nb", "cc").exit() == 0) {
          last = "connect";
        }
        if (engine.docker("network", "disconnect", "nb", "cc").exit() == 0) {
          last = "disconnect";
        }
      }
      killer.join();
      engine.startAgain();
      check("round " + round + ", last " + last);
    }
  }

  private void check(String when) throws Exception {
    Set<String> said =
        words(
            engine.must(
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
                "cc"));
    String inside = engine.must("exec", "cc", "ip", "-o", "-4", "addr", "show", "scope", "global");
    Set<String> there =
        inside
            .lines()
            .map(line -> line.replaceAll(".*inet ([0-9.]+)/.*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(said, there, when);
    assertTrue(engine.must("exec", "cc", "ip", "route").contains("default via"), when);
    assertEquals(
        0, engine.docker("exec", "cc", "ping", "-c", "1", "-W", "5", "other").exit(), when);
    long members =
        engine.must("network", "inspect", "-f", "{{len .Containers}}", "nb").equals("2") ? 2 : 1;
    assertEquals(said.size(), members, when);
    assertEquals(
        engine.must("ps", "-q").lines().count() * 2 - (2 - said.size()),
        hostEnds(),
        when + ": links");
  }

  private static Set<String> words(String text) {
    return Stream.of(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The links on the bridges of this engine's networks. */
  private long hostEnds() throws Exception {
    long count = 0;
    for (String id :
        engine
            .must("network", "ls", "-q", "--no-trunc", "--filter", "type=custom")
            .lines()
            .toList()) {
      Path ends = Path.of("/sys/class/net", ("mnb" + id).substring(0, 15), "brif");
      try (Stream<Path> links = Files.list(ends)) {
        count += links.count();
      }
    }
    return count;
  }
}
