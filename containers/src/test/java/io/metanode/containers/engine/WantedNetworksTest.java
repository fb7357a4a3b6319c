package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.network.EndpointRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of one network. */
final class WantedNetworksTest {

  @Test
  void optionsOfTheDriverAreKept() throws ApiException {
    assertEquals(
        Map.of("maker", "us"), checked("{\"DriverOpts\":{\"maker\":\"us\"}}").driverOptions());
  }

  @Test
  void whatWouldChangeSomethingIsNotPassedOver() {
    for (String settings :
        List.of(
            "{\"DriverOpts\":{\"com.docker.network.endpoint.ifname\":\"lan0\"}}",
            "{\"IPAMConfig\":{\"LinkLocalIPs\":[\"169.254.8.8\"]}}")) {
      ApiException refused = assertThrows(ApiException.class, () -> checked(settings), settings);
      assertEquals(400, refused.status());
      assertTrue(String.valueOf(refused.getMessage()).endsWith("out"), refused.getMessage());
    }
  }

  private static EndpointRequest checked(String settings) throws ApiException {
    byte[] body =
        ("{\"Container\":\"c\",\"EndpointConfig\":" + settings + "}")
            .getBytes(StandardCharsets.UTF_8);
    return WantedNetworks.checked(
        "n", Shapes.CONNECT.read(Json.parse(body)).path("EndpointConfig"));
  }
}
