package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.event.EventBus;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a process that is killed, and what the next one makes of it. */
@Timeout(60)
final class CrashIT {

  @TempDir Path state;

  /** The process that is killed: connects two containers and tells their links. */
  public static final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      HostNetworks networks = open(Path.of(arguments[0]), Long.parseLong(arguments[1]));
      networks.removeAllExcept(Set.of());
      for (String container : List.of("a", "b")) {
        Lease lease =
            networks.connect(
                container,
                List.of(EndpointRequest.to("bridge")),
                List.of(NetworkFixture.port("tcp", "", 0, 80)));
        System.out.println(lease.record().endpoints().getFirst().hostInterface());
      }
      System.out.flush();
      System.in.read();
    }
  }

  private static HostNetworks open(Path state, long key) throws IOException {
    return new HostNetworks(
        NetworkFixture.settings(state, key),
        new LinuxSyscalls(),
        SystemClock.INSTANCE,
        new SystemRandomness(),
        new EventBus(),
        NetworkFixture.NOBODY);
  }

  @Test
  void killedProcessLeavesNoLinksAndTheNextOneNoRules() throws Exception {
    Nft nft = NetworkFixture.nft();
    long key = ProcessHandle.current().pid() + 1;
    NetworkSettings settings = NetworkFixture.settings(state, key);
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                state.toString(),
                Long.toString(key))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      String first = lines.readLine();
      String second = lines.readLine();
      assertTrue(NetworkFixture.links().containsAll(List.of(first, second)), first + second);
    } finally {
      victim.destroyForcibly().onExit().join();
    }
    String bridge = settings.bridgePrefix() + "0";
    Eventually.holds("links on the bridge go", () -> endsOn(bridge) == 0);
    assertTrue(tables(nft).contains(settings.table()), "rules outlive their process");

    try (HostNetworks next = open(state, key)) {
      assertTrue(Bridge.exists(bridge));
      next.removeAllExcept(Set.of());
      String rules = nft.run(List.of("list", "table", "ip", settings.table()), "");
      assertFalse(rules.contains("elements"), rules);
    }
    assertFalse(Bridge.exists(bridge));
    assertFalse(tables(nft).contains(settings.table()));
    assertEquals(
        List.of(),
        NetworkFixture.links().stream()
            .filter(link -> link.startsWith(settings.bridgePrefix()))
            .toList());
  }

  private static String tables(Nft nft) throws IOException {
    return nft.run(List.of("list", "tables"), "");
  }

  private static int endsOn(String bridge) {
    String[] ends = Path.of("/sys/class/net", bridge, "brif").toFile().list();
    return ends == null ? 0 : ends.length;
  }
}
