package io.metanode.containers.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Names of fields, as Go's decoder reads them. */
final class ShapeTest {

  @Test
  void theCaseOfAFieldsNameDoesNotMatter() throws ApiException {
    HostConfig host =
        new HostConfig(
            Shapes.HOST_CONFIG.read(parse("{\"annotations\":{\"foo\":\"bar\",\"Zoo\":\"boo\"}}")));
    assertEquals(Map.of("foo", "bar", "Zoo", "boo"), host.annotations());
    assertEquals(
        "10.1.0.0/16",
        Shapes.NETWORK
            .read(parse("{\"name\":\"n\",\"ipam\":{\"config\":[{\"subnet\":\"10.1.0.0/16\"}]}}"))
            .at("/IPAM/Config/0/Subnet")
            .asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Name\":\"a\",\"name\":\"b\"} | b",
        "{\"name\":\"b\",\"Name\":\"a\"} | a",
        "{\"NAME\":\"a\",\"name\":null} | a",
        "{\"Nam\":\"a\"} | ``"
      })
  void ofSeveralNamesThatDifferInCaseTheLastCounts(String body, String name) throws ApiException {
    assertEquals(name, Shapes.VOLUME.read(parse(body)).path("Name").asString());
  }

  @Test
  void aWrongTypeIsRefusedByTheDeclaredName() {
    ApiException refused =
        assertThrows(ApiException.class, () -> Shapes.VOLUME.read(parse("{\"labels\":{\"a\":1}}")));
    assertEquals(400, refused.status());
    assertTrue(refused.getMessage().contains("CreateOptions.Labels"), refused.getMessage());
  }

  private static JsonNode parse(String json) throws ApiException {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
