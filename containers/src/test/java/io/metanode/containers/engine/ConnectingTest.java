package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which networks a container is to be on, what a client changes of it, and what a crash leaves. */
final class ConnectingTest {

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  private static JsonNode settings(String json) throws ApiException {
    JsonNode body =
        Json.parse(("{\"EndpointConfig\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    return Shapes.CONNECT.read((ObjectNode) body).path("EndpointConfig");
  }

  private void connect(Container container, String network, String json)
      throws ApiException, IOException {
    node.engine()
        .connect(EngineHarness.CLIENT, container, node.host.resolve(network), settings(json));
  }

  private static List<String> names(Container container) {
    return container.networks().stream().map(EndpointRequest::network).toList();
  }

  private Container created() throws ApiException, IOException {
    return node.createWith(
        "cc",
        "\"HostConfig\":{\"NetworkMode\":\"net2\"},\"NetworkingConfig\":{\"EndpointsConfig\":"
            + "{\"net1\":{\"Aliases\":[\"db\"]},\"net2\":{},\"net0\":null}}");
  }

  @Test
  void severalNetworksAreKeptThatOfTheModeFirst() throws Exception {
    Container container = created();
    assertEquals(List.of("net2", "net0", "net1"), names(container));
    assertEquals(List.of("db"), container.networks().getLast().aliases());
    node.reopen();
    assertEquals(List.of("net2", "net0", "net1"), names(node.current(container)));
  }

  @Test
  void aStoppedContainerIsConnectedAndDisconnectedForItsNextStart() throws Exception {
    Container container = created();
    connect(
        container, "net3", "{\"Aliases\":[\"a\"],\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.9\"}}");
    node.engine().disconnect(EngineHarness.CLIENT, container, "net0");
    node.reopen();
    Container found = node.current(container);
    assertEquals(List.of("net2", "net1", "net3"), names(found));
    assertEquals("10.0.0.9", found.networks().getLast().address());
    Step last =
        node.receipts.steps().stream()
            .filter(step -> step.operation().equals("network.disconnect"))
            .findFirst()
            .orElseThrow();
    assertEquals("network/net0", last.subjects().getLast().name());
    assertEquals(new Outcome.Done(), last.outcome());
  }

  @Test
  void aRunningContainersPlacesAreKept() throws Exception {
    Container container = created();
    node.engine().start(EngineHarness.CLIENT, container);
    connect(container, "net3", "{}");
    assertEquals(1, container.state().lease().orElseThrow().endpoints().size());
    node.reopen();
    Container found = node.current(container);
    assertEquals(1, found.state().lease().orElseThrow().endpoints().size());
    node.engine().disconnect(EngineHarness.CLIENT, found, "net3");
    assertTrue(node.host.calls().contains("left net3"));
    assertEquals(List.of("net2", "net0", "net1"), names(found));
  }

  @Test
  void whatDoesNotRunMayBeConnectedAlready() throws Exception {
    Container container = created();
    connect(container, "net1", "{\"Aliases\":[\"cache\"]}");
    assertEquals(List.of("net2", "net0", "net1"), names(container));
    assertEquals(List.of("db"), container.networks().getLast().aliases());
  }

  @Test
  void whatCannotBeIsRefusedAndReceipted() throws Exception {
    Container container = created();
    node.engine().start(EngineHarness.CLIENT, container);
    assertRefused(403, "already exists in network net1", () -> connect(container, "net1", "{}"));
    assertRefused(
        500,
        "is not connected to network net7",
        () -> node.engine().disconnect(EngineHarness.CLIENT, container, "net7"));
    assertRefused(
        404,
        "network nowhere not found",
        () -> node.engine().disconnect(EngineHarness.CLIENT, container, "nowhere"));
    for (String bad :
        List.of(
            "{\"IPAMConfig\":{\"IPv4Address\":\"10.0.0\"}}",
            "{\"IPAMConfig\":{\"IPv6Address\":\"10.0.0.1\"}}",
            "{\"MacAddress\":\"03:00:00:00:00:01\"}",
            "{\"MacAddress\":\"02:00\"}",
            "{\"Aliases\":[\"a b\"]}",
            "{\"DriverOpts\":{\"com.docker.network.a\":\"b\"}}")) {
      assertRefused(400, "", () -> connect(container, "net8", bad));
    }
    assertEquals(List.of("net2", "net0", "net1"), names(container));
    long failed =
        node.receipts.steps().stream()
            .filter(step -> step.outcome() instanceof Outcome.Failed)
            .filter(step -> step.operation().startsWith("network."))
            .count();
    assertEquals(2, failed);
  }

  private interface Refused {
    void run() throws ApiException, IOException;
  }

  private static void assertRefused(int status, String words, Refused attempt) {
    ApiException refused = assertThrows(ApiException.class, attempt::run);
    assertEquals(status, refused.status(), refused.getMessage());
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  @Test
  void whatThePolicyRefusesChangesNothing() throws Exception {
    Container container = created();
    node.deny("network.connect");
    assertRefused(403, "denied by policy", () -> connect(container, "net3", "{}"));
    assertFalse(names(container).contains("net3"));
  }

  @Test
  void onTheHostsNetworkThereAreNoOthers() throws Exception {
    Container container = node.create("hh", "{\"NetworkMode\":\"host\"}");
    assertRefused(400, "another container or host", () -> connect(container, "net1", "{}"));
    assertRefused(
        400,
        "conflicting options",
        () ->
            node.createWith(
                "h2",
                "\"HostConfig\":{\"NetworkMode\":\"host\"},\"NetworkingConfig\":"
                    + "{\"EndpointsConfig\":{\"net1\":{}}}"));
  }

  @Test
  void anothersNetworkIsSharedWhileThatOneRuns() throws Exception {
    Container owner = node.create("owner", "{}");
    Container guest = node.create("guest", "{\"NetworkMode\":\"container:owner\"}");
    assertEquals("container:" + owner.id(), guest.definition().hostConfig().networkMode());
    assertEquals(owner.definition().config().hostname(), guest.definition().config().hostname());
    assertRefused(
        409,
        "cannot join network namespace of a non running container: container owner is created",
        () -> node.engine().start(EngineHarness.CLIENT, guest));
    node.engine().start(EngineHarness.CLIENT, owner);
    node.engine().start(EngineHarness.CLIENT, guest);
    assertTrue(node.host.calls().contains("share " + owner.state().run().pid()));
    assertRefused(400, "sharing network namespace", () -> connect(guest, "net1", "{}"));
    Container early = node.create("early", "{\"NetworkMode\":\"container:late\"}");
    assertEquals("container:late", early.definition().hostConfig().networkMode());
    assertRefused(
        500,
        "joining network namespace of container: No such container: late",
        () -> node.engine().start(EngineHarness.CLIENT, early));
    Container late = node.create("late", "{}");
    node.engine().start(EngineHarness.CLIENT, late);
    node.engine().start(EngineHarness.CLIENT, early);
    assertTrue(node.host.calls().contains("share " + late.state().run().pid()));
    Container self = node.create("self", "{\"NetworkMode\":\"container:self\"}");
    assertRefused(
        500,
        "cannot join own network namespace",
        () -> node.engine().start(EngineHarness.CLIENT, self));
    assertRefused(
        400,
        "port publishing",
        () ->
            node.create(
                "pp", "{\"NetworkMode\":\"container:owner\",\"PortBindings\":{\"80/tcp\":[{}]}}"));
  }
}
