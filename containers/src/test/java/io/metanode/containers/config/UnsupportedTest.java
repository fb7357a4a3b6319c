package io.metanode.containers.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What is asked for and cannot be met. */
final class UnsupportedTest {

  private static void refuse(String host) throws ApiException {
    Unsupported.refuse(new HostConfig(Shapes.HOST_CONFIG.read(parse(host))));
  }

  private static ObjectNode parse(String json) throws ApiException {
    return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"UsernsMode\":\"private\"} | USER mode",
        "{\"Isolation\":\"hyperv\"} | isolation",
        "{\"StorageOpt\":{\"size\":\"1G\"}} | StorageOpt",
        "{\"DeviceRequests\":[{\"Count\":-1}]} | --gpus",
        "{\"BlkioDeviceReadBps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]} | BlkioDeviceReadBps",
        "{\"CpuRealtimeRuntime\":5} | CpuRealtimeRuntime",
        "{\"VolumeDriver\":\"nfs\"} | VolumeDriver",
        "{\"PortBindings\":{\"80/sctp\":[{\"HostPort\":\"80\"}]}} | sctp"
      })
  void namesWhatItRefuses(String host, String named) {
    ApiException refused = assertThrows(ApiException.class, () -> refuse(host));
    assertEquals(400, refused.status());
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
  }

  @Test
  void whatTheClientSendsByDefaultIsNot() {
    assertDoesNotThrow(
        () ->
            refuse(
                "{\"UsernsMode\":\"host\",\"Isolation\":\"default\",\"DeviceRequests\":null,"
                    + "\"Links\":null,\"BlkioWeightDevice\":[],\"VolumeDriver\":\"\","
                    + "\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8080\"}]}}"));
  }
}
