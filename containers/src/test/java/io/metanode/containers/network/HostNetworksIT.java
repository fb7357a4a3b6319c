package io.metanode.containers.network;

import static io.metanode.containers.network.NetworkFixture.ask;
import static io.metanode.containers.network.NetworkFixture.askFrom;
import static io.metanode.containers.network.NetworkFixture.askUdp;
import static io.metanode.containers.network.NetworkFixture.hostAddress;
import static io.metanode.containers.network.NetworkFixture.nft;
import static io.metanode.containers.network.NetworkFixture.port;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.event.Event;
import io.metanode.containers.http.ApiException;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HostNetworksIT {

  @TempDir Path state;
  private NetworkFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new NetworkFixture(state);
    fixture.networks.removeAllExcept(Set.of());
  }

  @AfterEach
  void close() throws Exception {
    if (fixture != null) {
      fixture.close();
      String prefix = fixture.settings.bridgePrefix();
      assertTrue(NetworkFixture.links().stream().noneMatch(link -> link.startsWith(prefix)));
      assertFalse(nft().run(List.of("list", "tables"), "").contains(fixture.settings.table()));
    }
  }

  private static Endpoint place(Lease lease) {
    return lease.record().endpoints().getFirst();
  }

  private static int namespace(Lease lease) {
    return lease.namespaceDescriptor().orElseThrow();
  }

  @Test
  void containersReachEachOtherAndAreCounted() throws Exception {
    Lease server = fixture.connect("a");
    Lease client = fixture.connect("b");
    fixture.serveTcp(namespace(server), 80);
    assertEquals(place(client).address(), askFrom(namespace(client), place(server).address(), 80));
    long sent = client.egress().read();
    assertTrue(sent > 100, "sent " + sent);
  }

  @Test
  void namespaceHasLoopbackButNoIpv6OnItsLink() throws Exception {
    Lease lease = fixture.connect("a");
    fixture.serveTcp(namespace(lease), 80);
    assertEquals("127.0.0.1", askFrom(namespace(lease), "127.0.0.1", 80));
    String addresses = NetworkFixture.inside(namespace(lease), "ip", "-o", "addr", "show", "eth0");
    assertTrue(addresses.contains("inet " + place(lease).address() + "/24"), addresses);
    assertFalse(addresses.contains("inet6"), addresses);
  }

  @Test
  void publishedTcpPortIsReachedByLoopbackHostAddressIpv6AndOtherContainers() throws Exception {
    nft();
    Lease server = fixture.connect("a", port("tcp", "", 0, 80));
    Lease other = fixture.connect("b");
    fixture.serveTcp(namespace(server), 80);
    int published = server.record().ports().getFirst().hostPort();
    String gateway = place(server).gateway();
    assertEquals(gateway, ask("127.0.0.1", published));
    assertEquals(gateway, ask("::1", published));
    assertEquals(gateway, ask(gateway, published));
    assertEquals(hostAddress(), ask(hostAddress(), published));
    assertEquals(gateway, askFrom(namespace(other), hostAddress(), published));
    assertEquals(gateway, askFrom(namespace(server), hostAddress(), published));
  }

  @Test
  void portPublishedOnOneAddressIsNotReachedByAnother() throws Exception {
    Lease server =
        fixture.connect("a", port("tcp", "127.0.0.1", 0, 80), port("tcp", hostAddress(), 0, 81));
    fixture.serveTcp(namespace(server), 80);
    fixture.serveTcp(namespace(server), 81);
    int local = server.record().ports().get(0).hostPort();
    int outside = server.record().ports().get(1).hostPort();
    assertEquals(place(server).gateway(), ask("127.0.0.1", local));
    assertThrows(IOException.class, () -> ask(hostAddress(), local));
    assertEquals(hostAddress(), ask(hostAddress(), outside));
    assertThrows(IOException.class, () -> ask("127.0.0.1", outside));
  }

  @Test
  void publishedUdpPortIsReachedByLoopbackAndHostAddress() throws Exception {
    Lease server = fixture.connect("a", port("udp", "", 0, 53));
    fixture.serveUdp(namespace(server), 53);
    int published = server.record().ports().getFirst().hostPort();
    assertEquals("one", askUdp("127.0.0.1", published, "one"));
    assertEquals("two", askUdp(hostAddress(), published, "two"));
    assertEquals("three", askUdp("::1", published, "three"));
  }

  @Test
  void aPortThatIsFreeInAMomentIsWaitedFor() throws Exception {
    CompletableFuture<Integer> bound = new CompletableFuture<>();
    Thread freed = Thread.ofVirtual().start(() -> holdAPort(bound));
    int port = bound.get();
    Lease lease = fixture.connect("a", port("tcp", "", port, 80));
    assertEquals(port, lease.record().ports().getFirst().hostPort());
    freed.join();
  }

  private static void holdAPort(CompletableFuture<Integer> bound) {
    try (ServerSocket socket = new ServerSocket(0)) {
      bound.complete(socket.getLocalPort());
      LockSupport.parkNanos(60_000_000);
    } catch (IOException e) {
      bound.completeExceptionally(e);
    }
  }

  @Test
  void takenPortsAreRefusedInDockersWordsAndNothingStaysAllocated() throws Exception {
    Lease first = fixture.connect("a", port("tcp", "", 0, 80));
    int taken = first.record().ports().getFirst().hostPort();
    ApiException clash =
        assertThrows(
            ApiException.class,
            () -> fixture.connect("b", port("tcp", "", 0, 81), port("tcp", "", taken, 80)));
    assertEquals(500, clash.status());
    assertTrue(
        clash
            .getMessage()
            .matches(
                "driver failed programming external connectivity on endpoint b \\([0-9a-f]{64}\\):"
                    + " Bind for 0.0.0.0:"
                    + taken
                    + " failed: port is already allocated"),
        clash.getMessage());
    try (ServerSocket foreign = new ServerSocket(0)) {
      int port = foreign.getLocalPort();
      ApiException busy =
          assertThrows(
              ApiException.class, () -> fixture.connect("b", port("tcp", "0.0.0.0", port, 80)));
      assertTrue(
          busy.getMessage()
              .endsWith("listen tcp4 0.0.0.0:" + port + ": bind: address already in use"),
          busy.getMessage());
    }
    assertEquals(Set.of("a"), fixture.networks.leases().keySet());
    first.release();
    Lease again = fixture.connect("b", port("tcp", "", taken, 80));
    assertEquals(taken, again.record().ports().getFirst().hostPort());
  }

  @Test
  void releaseLeavesNothingAndTheAddressIsReusedLate() throws Exception {
    Lease lease = fixture.connect("a", port("tcp", "", 0, 80), port("udp", "", 0, 80));
    String link = place(lease).hostInterface();
    String address = place(lease).address();
    int published = lease.record().ports().getFirst().hostPort();
    lease.release();
    lease.release();
    Eventually.holds("the link goes", () -> !Bridge.exists(link));
    assertNotEquals(address, place(fixture.connect("b", port("tcp", "", published, 80))).address());
    String rules = nft().run(List.of("list", "table", "ip", fixture.settings.table()), "");
    assertFalse(rules.contains(address + " "), rules);
    assertEquals(Set.of("b"), fixture.networks.leases().keySet());
  }

  @Test
  void runningContainerIsAdoptedByTheNextProcess() throws Exception {
    Lease before = fixture.connect("a", port("tcp", "", 0, 80));
    fixture.serveTcp(namespace(before), 80);
    Process container =
        new ProcessBuilder(
                "nsenter",
                "--net=/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), namespace(before)),
                "sleep",
                "60")
            .start();
    try {
      int published = before.record().ports().getFirst().hostPort();
      Eventually.holds(
          "the container is in its namespace", () -> sameNamespace(container.pid(), before));
      fixture.networks.close();
      abandonSockets(before);
      Eventually.holds(
          "its rule is gone, as the abandoned ones take it back", () -> !rules(published));
      fixture.networks = fixture.open();
      Lease after = fixture.networks.adopt("a", (int) container.pid(), before.record());
      fixture.networks.removeAllExcept(Set.of("a"));
      assertEquals(hostAddress(), ask(hostAddress(), published));
      assertEquals(place(after).gateway(), ask("127.0.0.1", published));
      assertNotEquals(place(before).address(), place(fixture.connect("b")).address());
    } finally {
      container.destroyForcibly().waitFor();
    }
  }

  @Test
  void theBridgeStaysTheSameWhenALowerNumberBecomesFree() throws Exception {
    fixture.networks.close();
    String lower = fixture.settings.bridgePrefix() + "0";
    NetworkFixture.ip("link", "add", lower, "type", "bridge");
    try {
      fixture.networks = fixture.open();
      fixture.networks.removeAllExcept(Set.of());
      Lease lease = fixture.connect("a");
      assertTrue(Bridge.exists(fixture.settings.bridgePrefix() + "1"));
      fixture.networks.close();
      NetworkFixture.ip("link", "del", lower);
      fixture.networks = fixture.open();
      fixture.networks.removeAllExcept(Set.of());
      assertTrue(Bridge.exists(fixture.settings.bridgePrefix() + "1"));
      assertFalse(Bridge.exists(lower));
      lease.release();
    } finally {
      if (Bridge.exists(lower)) {
        NetworkFixture.ip("link", "del", lower);
      }
    }
  }

  @Test
  void theGatewayKeepsItsHardwareAddressWhileLinksComeAndGo() throws Exception {
    String bridge = fixture.settings.bridgePrefix() + "0";
    String before = Bridge.macAddress(bridge);
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      leases.add(fixture.connect("c" + i));
      assertEquals(before, Bridge.macAddress(bridge));
    }
    for (Lease lease : leases) {
      lease.release();
      assertEquals(before, Bridge.macAddress(bridge));
    }
  }

  /** Made before bridges had hardware addresses of their own. */
  @Test
  void aBridgeThatIsTakenOverKeepsTheHardwareAddressItHas() throws Exception {
    fixture.networks.close();
    NetworkSettings settings = fixture.settings;
    String bridge = settings.bridgePrefix() + "0";
    String link = settings.bridgePrefix() + "l";
    String alias = settings.aliasPrefix() + settings.predefinedId("bridge");
    NetworkFixture.ip("link", "add", bridge, "type", "bridge");
    NetworkFixture.ip("link", "set", bridge, "alias", alias);
    NetworkFixture.ip("link", "add", link, "address", "02:00:00:00:00:01", "type", "veth");
    try {
      NetworkFixture.ip("link", "set", link, "master", bridge);
      assertEquals("02:00:00:00:00:01", Bridge.macAddress(bridge));
      fixture.networks = fixture.open();
    } finally {
      NetworkFixture.ip("link", "del", link);
    }
    assertEquals("02:00:00:00:00:01", Bridge.macAddress(bridge));
  }

  /** What the death of a process does to its sockets, in a test that goes on living. */
  private static void abandonSockets(Lease lease) {
    lease.release();
  }

  /** Whether a port is published by the firewall. */
  private boolean rules(int port) {
    try {
      String table = nft().run(List.of("list", "table", "ip", fixture.settings.table()), "");
      return table.contains(" " + port + " ");
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean sameNamespace(long pid, Lease lease) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"))
          .equals(Files.readSymbolicLink(Path.of("/proc/self/fd/" + namespace(lease))));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void trafficToTheOutsideHasTheHostsAddress() throws Exception {
    nft();
    try (OutsideHost outside = new OutsideHost()) {
      Lease lease = fixture.connect("a", port("tcp", "", 0, 80));
      assertEquals(OutsideHost.HOST_SIDE, askFrom(namespace(lease), OutsideHost.ADDRESS, 7777));
      fixture.serveTcp(namespace(lease), 80);
      int published = lease.record().ports().getFirst().hostPort();
      assertEquals(OutsideHost.ADDRESS, outside.ask(OutsideHost.HOST_SIDE, published));
      outside.routeTo(fixture.settings.subnet().orElseThrow());
      assertThrows(Exception.class, () -> outside.ask(place(lease).address(), 80));
    }
  }

  @Test
  void hostAndNoneNeedNothing() throws Exception {
    for (String name : List.of("host", "none")) {
      Lease lease = fixture.networks.connect("c", List.of(EndpointRequest.to(name)), List.of());
      assertTrue(lease.namespaceDescriptor().isEmpty());
      assertFalse(lease.egress().counted());
      lease.release();
    }
    assertEquals(Set.of(), fixture.networks.leases().keySet());
  }

  @Test
  void connectingAndReleasingAreEvents() throws Exception {
    List<String> seen = new ArrayList<>();
    try (var subscription =
        fixture.events.subscribe(
            Instant.EPOCH,
            (Event event) ->
                seen.add(event.action() + " " + event.attributes().get("container")))) {
      assertTrue(seen.isEmpty(), subscription + " starts empty");
      fixture.connect("a").release();
    }
    assertEquals(List.of("connect a", "disconnect a"), seen);
  }

  @Test
  void connectingTakesANamespaceFromThePoolWhichRefills() throws Exception {
    for (int i = 0; i < 5; i++) {
      Eventually.holds("the pool is full", () -> fixture.networks.readyNamespaces() == 2);
      Lease lease = fixture.connect("c" + i);
      assertTrue(lease.namespaceDescriptor().isPresent());
      lease.release();
    }
  }
}
