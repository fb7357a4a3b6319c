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

final class UnsupportedTest {

  private static void refuse(String host, String networking) throws ApiException {
    Unsupported.refuse(
        new ContainerConfig(Shapes.CONFIG.read(parse("{}"))),
        new HostConfig(Shapes.HOST_CONFIG.read(parse(host))),
        Shapes.NETWORKING.read(parse(networking)));
  }

  private static ObjectNode parse(String json) throws ApiException {
    return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"PidMode\":\"container:x\"} | PidMode",
        "{\"IpcMode\":\"container:x\"} | IpcMode",
        "{\"NetworkMode\":\"container:x\"} | NetworkMode",
        "{\"UsernsMode\":\"private\"} | USER mode",
        "{\"Isolation\":\"hyperv\"} | isolation",
        "{\"Links\":[\"a:b\"]} | Links",
        "{\"CgroupParent\":\"/x\"} | CgroupParent",
        "{\"StorageOpt\":{\"size\":\"1G\"}} | StorageOpt",
        "{\"DeviceRequests\":[{\"Count\":-1}]} | --gpus",
        "{\"BlkioDeviceReadBps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]} | BlkioDeviceReadBps",
        "{\"CpuRealtimeRuntime\":5} | CpuRealtimeRuntime",
        "{\"VolumeDriver\":\"nfs\"} | VolumeDriver",
        "{\"PortBindings\":{\"80/sctp\":[{\"HostPort\":\"80\"}]}} | sctp",
        "{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/d\",\"VolumeOptions\":{\"Subpath\":\"s\"}}]}"
            + " | Subpath"
      })
  void namesWhatItRefuses(String host, String named) {
    ApiException refused = assertThrows(ApiException.class, () -> refuse(host, "{}"));
    assertEquals(400, refused.status());
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
  }

  @Test
  void addressesAndSeveralNetworksAreRefused() {
    assertThrows(
        ApiException.class,
        () ->
            refuse(
                "{}",
                "{\"EndpointsConfig\":{\"n\":{\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.9\"}}}}"));
    assertThrows(
        ApiException.class, () -> refuse("{}", "{\"EndpointsConfig\":{\"a\":{},\"b\":{}}}"));
  }

  @Test
  void whatTheClientSendsByDefaultIsNot() {
    assertDoesNotThrow(
        () ->
            refuse(
                "{\"UsernsMode\":\"host\",\"Isolation\":\"default\",\"DeviceRequests\":null,"
                    + "\"Links\":null,\"BlkioWeightDevice\":[],\"VolumeDriver\":\"\","
                    + "\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8080\"}]}}",
                "{\"EndpointsConfig\":{\"default\":{\"IPAMConfig\":null,\"MacAddress\":\"\"}}}"));
  }
}
