package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.PortMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The transition table, written out a second time. */
final class StatusTest {

  private static final List<String> STEPS =
      List.of(
          "created running",
          "created exited",
          "created removing",
          "running paused",
          "running restarting",
          "running exited",
          "running removing",
          "paused running",
          "paused restarting",
          "paused exited",
          "paused removing",
          "restarting running",
          "restarting exited",
          "restarting removing",
          "exited running",
          "exited removing",
          "removing dead",
          "dead removing");

  @Test
  void onlyTheseStepsAreTaken() {
    List<String> found = new ArrayList<>();
    for (Status from : Status.values()) {
      for (Status to : Status.values()) {
        if (from.leadsTo(to)) {
          found.add(from.word() + " " + to.word());
        }
      }
    }
    assertEquals(STEPS, found);
  }

  @Test
  void otherStepsAreAnError() {
    State created = State.created("c", new RestartPolicy("no", 0), List.of(), List.of());
    assertThrows(IllegalStateException.class, () -> created.to(Status.PAUSED));
    assertEquals(Status.RUNNING, created.to(Status.RUNNING).status());
  }

  @Test
  void stateFileGivesBackWhatItWasGiven() {
    EndpointRequest asked =
        new EndpointRequest(
            "n",
            List.of("a"),
            List.of("b:c"),
            "10.0.0.2",
            "fd00::2",
            "02:00:00:00:00:01",
            Map.of("k", "v"),
            3);
    Endpoint place =
        new Endpoint(
            "1",
            "n",
            "e",
            "eth1",
            "mn1",
            "m",
            "10.0.0.2",
            16,
            "10.0.0.1",
            "fd00::2",
            64,
            "fd00::1",
            asked);
    State state =
        State.created("c", new RestartPolicy("on-failure", 3), List.of(asked), List.of())
            .to(Status.RUNNING)
            .withLease(
                Optional.of(
                    new LeaseRecord(
                        List.of(place),
                        List.of(new PortMapping(80, "tcp", Optional.of("127.0.0.1"), 8080)),
                        42)));
    assertEquals(state, StateFile.read(StateFile.json(state)));
  }

  @Test
  void theLeaseOfAnEarlierVersionIsRead() throws Exception {
    JsonNode old =
        JsonMapper.shared()
            .readTree(
                StateFile.json(State.created("c", new RestartPolicy("no", 0), List.of(), List.of()))
                    .put("status", "running")
                    .set(
                        "lease",
                        JsonMapper.shared()
                            .readTree(
                                "{\"networkId\":\"1\",\"networkName\":\"bridge\",\"endpointId\":\"e\","
                                    + "\"address\":\"10.0.0.2\",\"prefixLength\":16,"
                                    + "\"gateway\":\"10.0.0.1\",\"macAddress\":\"m\","
                                    + "\"hostInterface\":\"mn1\",\"ports\":[]}"))
                    .toString());
    Endpoint place = StateFile.read(old).lease().orElseThrow().endpoints().getFirst();
    assertEquals("eth0", place.link());
    assertEquals("10.0.0.2", place.address());
    assertEquals("bridge", place.asked().network());
  }
}
