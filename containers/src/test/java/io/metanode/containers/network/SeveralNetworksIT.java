package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container on several networks, in one namespace. */
@Timeout(60)
final class SeveralNetworksIT {

  private static final int OCTET = (int) (ProcessHandle.current().pid() % 250);

  @TempDir Path state;
  private NetworkFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new NetworkFixture(state);
    fixture.networks.removeAllExcept(Set.of());
    make("alpha", 210, false, false);
    make("beta", 211, false, true);
    make("shut", 212, true, false);
  }

  private void make(String name, int second, boolean internal, boolean six) throws Exception {
    Subnet subnet = Subnet.parse("10.%d.%d.0/24".formatted(second, OCTET)).orElseThrow();
    Subnet6 subnet6 = Subnet6.parse("fd77:%x::/64".formatted(OCTET)).orElseThrow();
    fixture.networks.create(
        new NetworkDefinition(
            "%03x%05x".formatted(second, ProcessHandle.current().pid() & 0xfffff) + "0".repeat(56),
            name,
            Driver.BRIDGE,
            Instant.EPOCH,
            Optional.of(
                new Addresses(subnet, subnet.firstHost(), Optional.empty(), Map.of(), true)),
            six
                ? Optional.of(
                    new Addresses6(subnet6, subnet6.firstHost(), Optional.empty(), Map.of(), true))
                : Optional.empty(),
            AskedAddresses.NONE,
            internal,
            false,
            Map.of(),
            Map.of()));
  }

  @AfterEach
  void close() throws IOException {
    if (fixture != null) {
      fixture.networks.removeAllExcept(Set.of());
      for (NetworkDefinition network : fixture.networks.definitions()) {
        if (network.options().isEmpty()
            && !Set.of("bridge", "host", "none").contains(network.name())) {
          assertTrue(remove(network), network.name());
        }
      }
      fixture.close();
    }
  }

  private boolean remove(NetworkDefinition network) throws IOException {
    try {
      fixture.networks.remove(network);
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  private Lease on(String container, String... names) throws Exception {
    return fixture.networks.connect(
        container, List.of(names).stream().map(EndpointRequest::to).toList(), List.of());
  }

  private Networks.Network network(String name) throws ApiException {
    return fixture.networks.resolve(name);
  }

  private static int namespace(Lease lease) {
    return lease.namespaceDescriptor().orElseThrow();
  }

  private static Endpoint place(Lease lease, String network) {
    return lease.record().endpoints().stream()
        .filter(each -> each.networkName().equals(network))
        .findFirst()
        .orElseThrow();
  }

  private static String route(Lease lease) throws IOException {
    return NetworkFixture.inside(namespace(lease), "ip", "route", "show", "default");
  }

  @Test
  void eachNetworkIsALinkAndTheFirstByNameWithAWayOutLeadsOut() throws Exception {
    Lease lease = on("a", "shut", "bridge", "alpha");
    assertEquals("eth0", place(lease, "shut").link());
    assertEquals("eth2", place(lease, "alpha").link());
    assertTrue(route(lease).contains("via " + place(lease, "alpha").gateway() + " dev eth2"));
    Lease beta = on("b", "alpha");
    fixture.serveTcp(namespace(beta), 80);
    assertEquals(
        place(lease, "alpha").address(),
        NetworkFixture.askFrom(namespace(lease), place(beta, "alpha").address(), 80));
    lease.release();
    beta.release();
  }

  @Test
  void internalNetworksLeadNowhere() throws Exception {
    Lease lease = on("a", "shut");
    assertEquals("", route(lease).strip());
    lease.release();
  }

  @Test
  void theHighestPriorityLeadsOut() throws Exception {
    EndpointRequest first =
        new EndpointRequest("beta", List.of(), List.of(), "", "", "", Map.of(), 7);
    Lease lease =
        fixture.networks.connect("a", List.of(EndpointRequest.to("alpha"), first), List.of());
    assertTrue(route(lease).contains(place(lease, "beta").gateway()), route(lease));
    lease.release();
  }

  @Test
  void networksAreJoinedAndLeftWhileTheContainerRunsAndAllThatWasSentCounts() throws Exception {
    Lease lease = on("a", "beta");
    Lease other = on("b", "alpha", "beta");
    fixture.serveTcp(namespace(other), 80);
    lease.join(network("alpha"), EndpointRequest.to("alpha"));
    assertTrue(route(lease).contains(place(lease, "alpha").gateway()), route(lease));
    NetworkFixture.askFrom(namespace(lease), place(other, "alpha").address(), 80);
    long before = lease.egress().read();
    assertTrue(before > 100, "sent " + before);
    Lease.Parting parting = lease.leave(network("alpha"));
    assertTrue(lease.egress().goneBytes() > 100);
    assertEquals(1, lease.egress().counters().size());
    assertTrue(lease.egress().read() >= before);
    parting.complete();
    assertTrue(route(lease).contains(place(lease, "beta").gateway()), route(lease));
    assertThrows(
        Exception.class,
        () -> NetworkFixture.askFrom(namespace(lease), place(other, "alpha").address(), 80));
    NetworkFixture.askFrom(namespace(lease), place(other, "beta").address(), 80);
    lease.release();
    other.release();
  }

  @Test
  void whatIsUndoneIsAsBefore() throws Exception {
    Lease lease = on("a", "alpha", "beta");
    Networks.LeaseRecord before = lease.record();
    lease.leave(network("alpha")).undo();
    assertEquals(before, lease.record());
    assertTrue(route(lease).contains(place(lease, "alpha").gateway()), route(lease));
    Lease other = on("b", "alpha");
    fixture.serveTcp(namespace(other), 80);
    NetworkFixture.askFrom(namespace(lease), place(other, "alpha").address(), 80);
    lease.release();
    other.release();
  }

  @Test
  void publishedPortsFollowTheWayOut() throws Exception {
    Lease lease =
        fixture.networks.connect(
            "a",
            List.of(EndpointRequest.to("beta")),
            List.of(NetworkFixture.port("tcp", "", 0, 80)));
    fixture.serveTcp(namespace(lease), 80);
    int published = lease.record().ports().getFirst().hostPort();
    assertEquals(place(lease, "beta").gateway(), NetworkFixture.ask("127.0.0.1", published));
    lease.join(network("alpha"), EndpointRequest.to("alpha"));
    assertEquals(published, lease.record().ports().getFirst().hostPort());
    assertEquals(place(lease, "alpha").gateway(), NetworkFixture.ask("127.0.0.1", published));
    lease.leave(network("alpha")).complete();
    lease.leave(network("beta")).complete();
    assertEquals(List.of(), lease.record().ports());
    assertThrows(IOException.class, () -> NetworkFixture.ask("127.0.0.1", published));
    lease.join(network("beta"), EndpointRequest.to("beta"));
    assertEquals(1, lease.record().ports().size());
    lease.release();
  }

  @Test
  void addressesOfChoiceAreGivenOnceAndOnlyWhereTheyBelong() throws Exception {
    String address = "10.210.%d.77".formatted(OCTET);
    EndpointRequest asked =
        new EndpointRequest(
            "alpha", List.of(), List.of(), address, "", "02:00:00:00:00:07", Map.of(), 0);
    Lease lease = fixture.networks.connect("a", List.of(asked), List.of());
    assertEquals(address, place(lease, "alpha").address());
    String link = NetworkFixture.inside(namespace(lease), "ip", "link", "show", "eth0");
    assertTrue(link.contains("02:00:00:00:00:07"), link);
    refused(403, "Address already in use", asked);
    refused(
        400,
        "no configured subnet or ip-range contain the IP address 10.1.2.3",
        new EndpointRequest("alpha", List.of(), List.of(), "10.1.2.3", "", "", Map.of(), 0));
    refused(
        400,
        "no configured subnet",
        new EndpointRequest(
            "alpha", List.of(), List.of(), "10.210.%d.255".formatted(OCTET), "", "", Map.of(), 0));
    refused(
        403,
        "Address already in use",
        new EndpointRequest(
            "alpha", List.of(), List.of(), "10.210.%d.1".formatted(OCTET), "", "", Map.of(), 0));
    refused(
        400,
        "user configured subnets",
        new EndpointRequest("alpha", List.of(), List.of(), "", "fd00::2", "", Map.of(), 0));
    refused(404, "network nowhere not found", EndpointRequest.to("nowhere"));
    Lease beta = on("b", "beta");
    ApiException taken = assertThrows(ApiException.class, () -> beta.join(network("alpha"), asked));
    assertEquals(403, taken.status());
    assertEquals(1, beta.record().endpoints().size());
    ApiException twice =
        assertThrows(
            ApiException.class, () -> beta.join(network("beta"), EndpointRequest.to("beta")));
    assertEquals(403, twice.status());
    assertThrows(ApiException.class, () -> beta.leave(network("alpha")));
    beta.release();
    lease.release();
  }

  private void refused(int status, String words, EndpointRequest asked) {
    ApiException refused =
        assertThrows(
            ApiException.class,
            () ->
                fixture.networks.connect(
                    "x", List.of(EndpointRequest.to("bridge"), asked), List.of()));
    assertEquals(status, refused.status(), refused.getMessage());
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
    assertFalse(fixture.networks.leases().containsKey("x"));
  }

  @Test
  void ipv6ReachesOtherContainersAndTheWayOut() throws Exception {
    Lease server = on("a", "beta");
    Lease client = on("b", "bridge", "beta");
    fixture.serveTcp(namespace(server), 80);
    assertEquals(
        Ipv6.of(place(client, "beta").address6()),
        Ipv6.of(NetworkFixture.askFrom(namespace(client), place(server, "beta").address6(), 80)));
    String route = NetworkFixture.inside(namespace(client), "ip", "-6", "route", "show", "default");
    assertTrue(route.contains("fd77:%x::1".formatted(OCTET)), route);
    assertFalse(
        NetworkFixture.inside(namespace(client), "ip", "-6", "addr", "show", "eth0")
            .contains("inet6"));
    server.release();
    client.release();
  }
}
