package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.PortMapping;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a request's port bindings mean. */
final class PortsTest {

  private static List<PortMapping> parse(String hostPort) throws ApiException {
    return Ports.parse(
        List.of(),
        new HostConfig(
            Shapes.HOST_CONFIG.read(
                JsonMapper.shared()
                    .readTree(
                        "{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"" + hostPort + "\"}]}}"))));
  }

  @Test
  void aRangeIsAChoice() throws ApiException {
    assertEquals(
        List.of(new PortMapping(80, "tcp", Optional.empty(), 8000, 8010)), parse("8000-8010"));
  }

  @Test
  void onePortIsNoChoice() throws ApiException {
    assertEquals(List.of(new PortMapping(80, "tcp", Optional.empty(), 8000, 8000)), parse("8000"));
    assertEquals(List.of(new PortMapping(80, "tcp", Optional.empty(), 0, 0)), parse(""));
  }

  private static List<PortMapping> published(String exposed) throws ApiException {
    return Ports.parse(
        new ContainerConfig(
                Shapes.CONFIG.read(
                    JsonMapper.shared().readTree("{\"ExposedPorts\":{\"" + exposed + "\":{}}}")))
            .exposedPorts(),
        new HostConfig(
            Shapes.HOST_CONFIG.read(JsonMapper.shared().readTree("{\"PublishAllPorts\":true}"))));
  }

  @Test
  void eachPortOfAnExposedRangeIsPublished() throws ApiException {
    assertEquals(
        List.of(
            new PortMapping(9010, "udp", Optional.empty(), 0),
            new PortMapping(9011, "udp", Optional.empty(), 0)),
        published("9010-9011/udp"));
    assertEquals(List.of(new PortMapping(80, "tcp", Optional.empty(), 0)), published("80-80"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9011-9010/tcp", "1-70000", "0-1", "1-x", "-1", "1-2/x"})
  void whatIsNoExposedRangeIsRefused(String exposed) {
    assertEquals(400, assertThrows(ApiException.class, () -> published(exposed)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"8010-8000", "-8000", "8000-", "8000-70000", "1-x", "0-5", "1-2-3"})
  void whatIsNoRangeIsRefused(String hostPort) {
    assertEquals(400, assertThrows(ApiException.class, () -> parse(hostPort)).status());
  }
}
