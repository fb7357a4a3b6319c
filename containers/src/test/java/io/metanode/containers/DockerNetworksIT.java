package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several networks a container, shared namespaces and links, by the real client. */
@Timeout(120)
class DockerNetworksIT {

  private static final String SUBNET = "10.205.%d".formatted(ProcessHandle.current().pid() % 250);
  private static DockLockFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
    fixture.docker("network", "create", "--subnet", SUBNET + ".0/24", "one");
    fixture.docker("network", "create", "--ipv6", "two");
  }

  @AfterEach
  void clear() throws Exception {
    for (String id : fixture.docker("ps", "-aq").lines().toList()) {
      fixture.docker("rm", "-f", id);
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.docker("network", "prune", "-f");
      fixture.close();
    }
  }

  private static void run(String name, String... options) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(List.of(options));
    all.addAll(List.of("bb", "sleep", "1000"));
    fixture.docker(all.toArray(String[]::new));
  }

  private static boolean reaches(String from, String to) throws Exception {
    return fixture.attempt("exec", from, "ping", "-c", "1", "-W", "2", to).exit() == 0;
  }

  private static void assertReaches(String from, String to) throws Exception {
    Commands.Output ping = fixture.attempt("exec", from, "ping", "-c", "1", "-W", "2", to);
    assertEquals(0, ping.exit(), from + " does not reach " + to + ": " + ping);
  }

  private static String inspect(String name, String template) throws Exception {
    return fixture.docker("inspect", "-f", template, name);
  }

  @Test
  void networksAliasesAndAddressesAreGivenAtCreation() throws Exception {
    run(
        "aa",
        "--network",
        "name=one,alias=first,ip=" + SUBNET + ".9",
        "--network",
        "name=two,alias=second");
    run("b1", "--network", "one");
    run("b2", "--network", "two");
    assertEquals(SUBNET + ".9", inspect("aa", "{{.NetworkSettings.Networks.one.IPAddress}}"));
    assertReaches("b1", "first");
    assertReaches("b2", "second");
    assertReaches("aa", "b1");
    assertReaches("aa", "b2");
    assertTrue(!reaches("b1", "second") && !reaches("b1", "b2"));
    String six = inspect("aa", "{{.NetworkSettings.Networks.two.GlobalIPv6Address}}");
    assertEquals(0, fixture.attempt("exec", "b2", "ping", "-6", "-c", "1", six).exit());
    assertTrue(fixture.docker("exec", "b2", "nslookup", "-type=aaaa", "second").contains(six));
    assertEquals(
        "aa b1",
        fixture
            .docker("network", "inspect", "-f", "{{range .Containers}}{{.Name}} {{end}}", "one")
            .lines()
            .flatMap(line -> List.of(line.split(" ", -1)).stream())
            .sorted()
            .reduce("", (a, b) -> (a + " " + b).strip()));
  }

  @Test
  void connectAndDisconnectWhileItRunsOutliveTheEngineAndLeaveReceipts() throws Exception {
    Instant begun = Instant.now().minusSeconds(1);
    run("aa");
    run("b1", "--network", "one");
    assertTrue(!reaches("aa", "b1"));
    fixture.docker("network", "connect", "--alias", "other", "one", "aa");
    assertReaches("aa", "b1");
    assertReaches("b1", "other");
    fixture.reopen();
    assertReaches("aa", "b1");
    assertReaches("b1", "other");
    fixture.docker("network", "disconnect", "bridge", "aa");
    fixture.docker("network", "disconnect", "one", "aa");
    assertTrue(!reaches("b1", "other"));
    fixture.docker("network", "connect", "--ip", SUBNET + ".77", "one", "aa");
    assertReaches("b1", SUBNET + ".77");
    fixture.docker("restart", "-t", "0", "aa");
    assertReaches("aa", "b1");
    assertEquals(SUBNET + ".77", inspect("aa", "{{.NetworkSettings.Networks.one.IPAddress}}"));
    List<Step> steps = fixture.receipts().since(begun);
    assertEquals(2, count(steps, "network.connect"));
    assertEquals(2, count(steps, "network.disconnect"));
    Instant now = Instant.now(); // in full: the client cuts a duration down to seconds
    String until = "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
    String events =
        fixture.docker("events", "--since", "5m", "--until", until, "--filter", "type=network");
    assertTrue(events.contains("network connect") && events.contains("network disconnect"), events);
  }

  private static long count(List<Step> steps, String operation) {
    return steps.stream()
        .filter(step -> step.operation().equals(operation))
        .filter(step -> step.outcome() instanceof Outcome.Done)
        .count();
  }

  @Test
  void stoppedContainersAreConnectedForTheirNextStart() throws Exception {
    fixture.docker("create", "--name", "idle", "bb", "sleep", "1000");
    fixture.docker("network", "connect", "two", "idle");
    fixture.reopen();
    assertEquals("bridge two", networks("idle"));
    fixture.docker("network", "disconnect", "bridge", "idle");
    fixture.docker("start", "idle");
    assertEquals("two", networks("idle"));
    run("b2", "--network", "two");
    assertReaches("b2", "idle");
  }

  private static String networks(String name) throws Exception {
    return inspect(name, "{{range $n, $_ := .NetworkSettings.Networks}}{{$n}} {{end}}");
  }

  @Test
  void whatCannotBeIsRefusedInDockersWords() throws Exception {
    run("aa", "--network", "name=one,ip=" + SUBNET + ".50");
    run("hh", "--network", "host");
    refused("already exists in network one", "network", "connect", "one", "aa");
    refused("network nowhere not found", "network", "connect", "nowhere", "aa");
    refused("No such container: nobody", "network", "connect", "one", "nobody");
    refused("is not connected to network two", "network", "disconnect", "two", "aa");
    refused("another container or host", "network", "connect", "one", "hh");
    refused("cannot connect container to host network", "network", "connect", "host", "aa");
    refused("created in host network mode", "network", "disconnect", "host", "hh");
    refused("has active endpoints", "network", "rm", "one");
    refused(
        "Address already in use",
        "run",
        "--rm",
        "--network",
        "one",
        "--ip",
        SUBNET + ".50",
        "bb",
        "true");
    refused(
        "no configured subnet",
        "run",
        "--rm",
        "--network",
        "one",
        "--ip",
        "10.1.2.3",
        "bb",
        "true");
    refused(
        "user configured subnets",
        "run",
        "--rm",
        "--network",
        "two",
        "--ip",
        "10.1.2.3",
        "bb",
        "true");
    refused("user defined networks only", "run", "--rm", "--ip", "10.1.2.3", "bb", "true");
    refused(
        "invalid MAC address", "run", "--rm", "--mac-address", "01:00:00:00:00:01", "bb", "true");
    fixture.docker("network", "create", "brief");
    fixture.docker("create", "--name", "late", "--network", "brief", "bb", "true");
    fixture.docker("network", "rm", "brief");
    refused("network brief not found", "start", "late");
    fixture.docker("network", "disconnect", "brief", "late");
    fixture.docker("start", "late");
  }

  private static void refused(String words, String... command) throws Exception {
    var output = fixture.attempt(command);
    assertNotEquals(0, output.exit(), String.join(" ", command));
    assertTrue(output.text().contains(words), output.text());
  }

  @Test
  void namespacesAreSharedWhileTheirOwnerRuns() throws Exception {
    run("aa", "--network", "one", "--hostname", "owner");
    String address = inspect("aa", "{{.NetworkSettings.Networks.one.IPAddress}}");
    String seen =
        fixture.docker(
            "run",
            "--rm",
            "--network",
            "container:aa",
            "--pid",
            "container:aa",
            "bb",
            "sh",
            "-c",
            "hostname; ip -o addr show eth0; ps");
    assertTrue(seen.startsWith("owner\n"), seen);
    assertTrue(seen.contains(address + "/24"), seen);
    assertTrue(seen.contains("sleep 1000"), seen);
    run("guest", "--network", "container:aa");
    fixture.reopen();
    assertReaches("guest", "127.0.0.1");
    fixture.docker("stop", "-t", "0", "aa");
    refused("non running container", "run", "--rm", "--network", "container:aa", "bb", "true");
  }

  @Test
  void linksAreNames() throws Exception {
    run("data", "--hostname", "store");
    assertEquals(
        0,
        fixture.attempt("run", "--rm", "--link", "data:db", "bb", "ping", "-c", "1", "db").exit());
    run("more", "--network", "one");
    assertEquals(
        0,
        fixture
            .attempt(
                "run",
                "--rm",
                "--network",
                "one",
                "--link",
                "more:extra",
                "bb",
                "ping",
                "-c",
                "1",
                "extra")
            .exit());
    fixture.docker("stop", "-t", "0", "data");
    refused("non running container", "run", "--rm", "--link", "data:db", "bb", "true");
  }
}
