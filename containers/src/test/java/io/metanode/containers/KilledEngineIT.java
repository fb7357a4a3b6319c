package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An engine that is killed at any moment while a client connects and disconnects a running
 * container: the next one finds each network joined or not, in the container as in what it says.
 */
@Timeout(300)
class KilledEngineIT {

  private static final int ROUNDS = 5;

  /** The engine that is killed; another on the same directory goes on. */
  public static final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      DockLockFixture fixture =
          arguments.length == 0 ? new DockLockFixture() : DockLockFixture.at(Path.of(arguments[0]));
      System.out.println(fixture.directory());
      System.out.flush();
      System.in.read();
    }
  }

  private final Deque<Process> engines = new ArrayDeque<>();
  private Path directory = Path.of("");

  private void start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName()));
    command.addAll(List.of(arguments));
    Process engine =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
    engines.add(engine);
    directory = Path.of(String.valueOf(lines.readLine()));
  }

  private Commands.Output docker(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("docker", "-H", "unix://" + directory.resolve("d.sock")));
    command.addAll(List.of(arguments));
    return Commands.run(command.toArray(String[]::new));
  }

  private String must(String... arguments) throws Exception {
    Commands.Output output = docker(arguments);
    assertEquals(0, output.exit(), output.text());
    return output.text().strip();
  }

  @Test
  void everyNetworkIsJoinedOrNotAndNothingIsLeftBehind() throws Exception {
    DockLockFixture image = new DockLockFixture();
    try {
      image.importBusybox();
      image.docker("save", "-o", image.directory().resolve("bb.tar").toString(), "bb");
      start();
      try {
        must("load", "-i", image.directory().resolve("bb.tar").toString());
        killedWhileConnecting();
      } finally {
        for (String id : docker("ps", "-aq").text().lines().toList()) {
          docker("rm", "-f", id);
        }
        docker("network", "prune", "-f");
        engines.getLast().destroyForcibly().onExit().join();
      }
    } finally {
      image.close();
    }
    Commands.run("rm", "-rf", directory.toString());
  }

  private void killedWhileConnecting() throws Exception {
    must("network", "create", "na");
    must("network", "create", "nb");
    must("run", "-d", "--name", "cc", "--network", "na", "bb", "sleep", "1000");
    must(
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
      Process victim = engines.getLast();
      long after = random.nextLong(10_000_000L, 400_000_000L);
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    LockSupport.parkNanos(after);
                    victim.destroyForcibly().onExit().join();
                  });
      String last = "none";
      while (victim.isAlive()) {
        if (docker("network", "connect", "nb", "cc").exit() == 0) {
          last = "connect";
        }
        if (docker("network", "disconnect", "nb", "cc").exit() == 0) {
          last = "disconnect";
        }
      }
      killer.join();
      start(directory.toString());
      check("round " + round + ", last " + last);
    }
  }

  private void check(String when) throws Exception {
    Set<String> said =
        words(
            must(
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
                "cc"));
    String inside = must("exec", "cc", "ip", "-o", "-4", "addr", "show", "scope", "global");
    Set<String> there =
        inside
            .lines()
            .map(line -> line.replaceAll(".*inet ([0-9.]+)/.*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(said, there, when);
    assertTrue(must("exec", "cc", "ip", "route").contains("default via"), when);
    assertEquals(0, docker("exec", "cc", "ping", "-c", "1", "-W", "5", "other").exit(), when);
    long members =
        must("network", "inspect", "-f", "{{len .Containers}}", "nb").equals("2") ? 2 : 1;
    assertEquals(said.size(), members, when);
    assertEquals(
        must("ps", "-q").lines().count() * 2 - (2 - said.size()), hostEnds(), when + ": links");
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
        must("network", "ls", "-q", "--no-trunc", "--filter", "type=custom").lines().toList()) {
      Path ends = Path.of("/sys/class/net", ("mnb" + id).substring(0, 15), "brif");
      try (Stream<Path> links = Files.list(ends)) {
        count += links.count();
      }
    }
    return count;
  }
}
