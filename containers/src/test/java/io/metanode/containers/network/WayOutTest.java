package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.network.Networks.Driver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which network is a container's way out. */
final class WayOutTest {

  private static Endpoint on(String network, String address6, int priority) {
    return new Endpoint(
        network,
        network,
        "e",
        "eth0",
        "mn0",
        "",
        "10.0.0.2",
        16,
        "10.0.0.1",
        address6,
        64,
        address6.isEmpty() ? "" : "fd00::1",
        new EndpointRequest(network, List.of(), List.of(), "", "", "", Map.of(), priority));
  }

  /** Networks whose names begin with an x are internal; others that begin with a z are gone. */
  private static Optional<NetworkDefinition> definition(String id) {
    return id.startsWith("z")
        ? Optional.empty()
        : Optional.of(
            new NetworkDefinition(
                id,
                id,
                Driver.BRIDGE,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                AskedAddresses.NONE,
                id.startsWith("x"),
                false,
                Map.of(),
                Map.of()));
  }

  private static String out(Endpoint... endpoints) {
    return WayOut.of(List.of(endpoints), WayOutTest::definition)
        .map(Endpoint::networkName)
        .orElse("none");
  }

  @Test
  void theFirstByNameThatIsNotInternal() {
    assertEquals("b", out(on("c", "", 0), on("xa", "", 9), on("b", "", 0), on("za", "", 9)));
    assertEquals("none", out(on("xa", "", 0)));
    assertEquals("none", out());
  }

  @Test
  void theHighestPriorityBeforeTheName() {
    assertEquals("c", out(on("b", "", -1), on("c", "", 0)));
    assertEquals("c", out(on("b", "", 1), on("c", "", 2)));
  }

  @Test
  void eachFamilyHasItsOwn() {
    Wire.Routes routes =
        WayOut.routes(List.of(on("b", "", 0), on("c", "fd00::2", 0)), WayOutTest::definition);
    assertEquals("10.0.0.1", routes.way().orElseThrow().gateway().toString());
    assertEquals("fd00::1", routes.way6().orElseThrow().gateway().toString());
  }
}
