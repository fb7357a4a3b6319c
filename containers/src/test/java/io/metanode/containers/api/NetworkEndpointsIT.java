package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.KeptSteps;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.HttpServer;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.http.TestClient;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkSettings;
import io.metanode.containers.network.Subnet;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.foundation.Digest;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.policy.Decision;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class NetworkEndpointsIT {

  private static final Digest POLICY = new Digest("0".repeat(64));

  @TempDir Path directory;
  private final List<Step> receipts = new ArrayList<>();
  private HostNetworks networks;
  private HttpServer server;
  private TestClient client;

  /** Keeps receipts in memory. */
  private final class MemorySink implements ReceiptSink, ReceiptSink.Reservation {
    @Override
    public long size() {
      return receipts.size();
    }

    @Override
    public Durable durable() {
      return new KeptSteps(receipts);
    }

    @Override
    public Reservation reserve() {
      return this;
    }

    @Override
    public Appended append(Step step) {
      receipts.add(step);
      return new Appended() {
        @Override
        public long index() {
          return receipts.size() - 1L;
        }

        @Override
        public void awaitDurable() {}
      };
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(
        Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")),
        "skipped: network namespaces need root");
    long pid = ProcessHandle.current().pid();
    NetworkSettings settings =
        new NetworkSettings(
            directory.resolve("networks"),
            "%08x".formatted(pid + 2),
            "mne%x".formatted(pid & 0xffff),
            Subnet.parse("10.201.%d.0/24".formatted(pid % 250)),
            1);
    networks =
        new HostNetworks(
            settings,
            new LinuxSyscalls(),
            SystemClock.INSTANCE,
            new SystemRandomness(),
            new EventBus(),
            new Containers());
    networks.removeAllExcept(Set.of());
    Operations operations =
        new Operations(
            _ -> new Decision(Decision.Effect.ALLOW, "all", POLICY, ""),
            new MemorySink(),
            SystemClock.INSTANCE);
    RouteTable routes = new RouteTable();
    new NetworkEndpoints(
            networks,
            _ -> Optional.of("web"),
            operations,
            SystemClock.INSTANCE,
            new SystemRandomness())
        .register(routes);
    server = new HttpServer(routes, "1", SystemClock.INSTANCE);
    server.listen(directory.resolve("s"), "rw-------", Optional.empty());
    client = new TestClient(directory.resolve("s"));
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      client.close();
      server.close();
      networks.removeAllExcept(Set.of());
      networks.close();
    }
  }

  @Test
  void attachableIsKept() throws Exception {
    String body = "{\"Name\":\"open\",\"Attachable\":true}";
    assertEquals(201, client.post("/networks/create", body).status());
    assertTrue(client.get("/networks/open").json().path("Attachable").asBoolean());
    assertEquals(204, client.delete("/networks/open").status());
  }

  @Test
  void predefinedNetworksAreListedAndStay() throws Exception {
    List<String> names = new ArrayList<>();
    client.get("/networks").json().forEach(each -> names.add(each.path("Name").asString()));
    assertEquals(List.of("bridge", "host", "none"), names);
    assertEquals(403, client.delete("/networks/bridge").status());
    assertEquals(403, client.post("/networks/create", "{\"Name\":\"host\"}").status());
    assertEquals(404, client.get("/networks/nowhere").status());
    assertEquals(
        "network nowhere not found",
        client.get("/networks/nowhere").json().path("message").asString());
  }

  @Test
  void inspectShowsTheContainersOnTheBridge() throws Exception {
    var lease = networks.connect("c1", List.of(EndpointRequest.to("bridge")), List.of());
    JsonNode bridge = client.get("/networks/bridge").json();
    JsonNode container = bridge.path("Containers").path("c1");
    assertEquals("web", container.path("Name").asString());
    assertEquals(
        lease.record().endpoints().getFirst().address() + "/24",
        container.path("IPv4Address").asString());
    assertEquals(
        lease.record().endpoints().getFirst().gateway(),
        bridge.path("IPAM").path("Config").path(0).path("Gateway").asString());
    lease.release();
  }

  @Test
  void userNetworksAreMadeUsedReceiptedAndRemoved() throws Exception {
    int octet = (int) (ProcessHandle.current().pid() % 250);
    String body =
        """
        {"Name":"back","Labels":{"a":"b"},"IPAM":{"Config":[{"Subnet":"10.202.%d.0/24"}]}}
        """
            .formatted(octet);
    TestClient.Answer made = client.post("/networks/create", body);
    assertEquals(201, made.status(), made.text());
    assertEquals(409, client.post("/networks/create", body).status());
    String overlapping = body.replace("back", "other");
    assertEquals(403, client.post("/networks/create", overlapping).status());
    String id = made.json().path("Id").asString();
    var lease = networks.connect("c1", List.of(EndpointRequest.to("back")), List.of());
    assertTrue(lease.record().endpoints().getFirst().address().startsWith("10.202." + octet + "."));
    assertEquals(403, client.delete("/networks/back").status());
    lease.release();
    assertEquals(
        1, client.get("/networks?filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D").json().size());
    assertEquals(204, client.delete("/networks/" + id.substring(0, 12)).status());
    assertEquals(404, client.get("/networks/back").status());
    assertEquals(
        List.of(
            "network.create",
            "network.create",
            "network.create",
            "network.remove",
            "network.remove"),
        receipts.stream().map(Step::operation).toList());
    assertEquals(
        3, receipts.stream().filter(step -> step.outcome() instanceof Outcome.Failed).count());
  }

  @Test
  void aNetworkWithIpv6RangeAndReservedAddressesIsShownAsItWasAskedFor() throws Exception {
    int octet = (int) (ProcessHandle.current().pid() % 250);
    String subnet = "10.203." + octet + ".0/24";
    String body =
        """
        {"Name":"six","EnableIPv6":true,"Options":{"com.docker.network.bridge.name":"mnsix%d",
         "com.docker.network.driver.mtu":"1400","com.docker.network.bridge.enable_icc":"false"},
         "IPAM":{"Config":[{"Subnet":"%s","IPRange":"10.203.%d.64/26","Gateway":"10.203.%d.9",
          "AuxiliaryAddresses":{"printer":"10.203.%d.64"}},{"Subnet":"fd00:0%x::/64"}],
          "Options":{"a":"b"}}}
        """
            .formatted(octet, subnet, octet, octet, octet, octet);
    assertEquals(201, client.post("/networks/create", body).status());
    JsonNode shown = client.get("/networks/six").json();
    assertTrue(shown.path("EnableIPv6").asBoolean());
    JsonNode four = shown.path("IPAM").path("Config").path(0);
    assertEquals("10.203." + octet + ".64/26", four.path("IPRange").asString());
    assertEquals("10.203." + octet + ".9", four.path("Gateway").asString());
    assertEquals(
        "10.203." + octet + ".64", four.path("AuxiliaryAddresses").path("printer").asString());
    assertEquals("{\"a\":\"b\"}", shown.path("IPAM").path("Options").toString());
    JsonNode six = shown.path("IPAM").path("Config").path(1);
    assertEquals("fd00:0%x::/64".formatted(octet), six.path("Subnet").asString());
    assertTrue(six.path("Gateway").isMissingNode());
    assertTrue(Files.exists(Path.of("/sys/class/net/mnsix" + octet)));
    var lease = networks.connect("c1", List.of(EndpointRequest.to("six")), List.of());
    var place = lease.record().endpoints().getFirst();
    assertEquals("10.203." + octet + ".65", place.address());
    assertEquals("fd00:%x::2".formatted(octet), place.address6());
    lease.release();
    assertEquals(204, client.delete("/networks/six").status());
  }

  @Test
  void pruneRemovesOnlyUnusedNetworks() throws Exception {
    assertEquals(201, client.post("/networks/create", "{\"Name\":\"n1\"}").status());
    assertEquals(201, client.post("/networks/create", "{\"Name\":\"n2\"}").status());
    var lease = networks.connect("c1", List.of(EndpointRequest.to("n2")), List.of());
    assertEquals("{\"NetworksDeleted\":[\"n1\"]}\n", client.post("/networks/prune", "").text());
    lease.release();
    assertEquals(204, client.delete("/networks/n2").status());
  }

  @Test
  void whatBridgesCannotDoIsRefused() throws Exception {
    assertEquals(400, client.post("/networks/create", "{\"Name\":\"a/b\"}").status());
    assertEquals(400, client.post("/networks/create", "{\"Name\":\" \"}").status());
    assertEquals(
        404, client.post("/networks/create", "{\"Name\":\"x\",\"Driver\":\"macvlan\"}").status());
    for (String refused :
        List.of(
            "\"Options\":{\"com.docker.network.bridge.gateway_mode_ipv4\":\"routed\"}",
            "\"Options\":{\"com.docker.network.driver.mtu\":\"12\"}",
            "\"Options\":{\"com.docker.network.bridge.name\":\"much-too-long-a-name\"}",
            "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.1.0.0/33\"}]}",
            "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.1.0.0/16\",\"IPRange\":\"10.2.0.0/24\"}]}",
            "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.1.0.0/16\",\"Gateway\":\"10.2.0.1\"}]}",
            "\"IPAM\":{\"Config\":[{\"IPRange\":\"10.2.0.0/24\"}]}",
            "\"IPAM\":{\"Config\":[{\"Subnet\":\"fd00::/200\"}]}")) {
      assertEquals(
          400,
          client.post("/networks/create", "{\"Name\":\"x\"," + refused + "}").status(),
          refused);
    }
    assertEquals(
        403,
        client
            .post(
                "/networks/create",
                "{\"Name\":\"x\",\"IPAM\":{\"Config\":[{\"Subnet\":\"10.1.0.0/24\"},"
                    + "{\"Subnet\":\"10.2.0.0/24\"}]}}")
            .status());
    assertEquals(404, client.get("/networks/x").status());
  }
}
