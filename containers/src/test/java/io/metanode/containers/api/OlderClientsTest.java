package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.http.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OlderClientsTest {

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text);
  }

  private static JsonNode created(int minor, String host) throws ApiException {
    JsonNode body = json("{\"HostConfig\":" + host + "}");
    OlderClients.adaptCreate(new ApiVersion(1, minor), body);
    return body.path("HostConfig");
  }

  @Test
  void memoryIsSharedByDefaultBeforeVersion140() throws Exception {
    assertEquals("shareable", created(39, "{}").path("IpcMode").asString());
    assertEquals("none", created(39, "{\"IpcMode\":\"none\"}").path("IpcMode").asString());
    assertEquals("", created(40, "{}").path("IpcMode").asString(""));
  }

  @Test
  void readOnlyEndsAtWhatIsBelowBeforeVersion144WhateverTheClientSends() throws Exception {
    assertEquals(true, created(43, "{}").path("ReadOnlyNonRecursive").asBoolean());
    assertEquals(
        false,
        created(44, "{\"ReadOnlyNonRecursive\":true}").path("ReadOnlyNonRecursive").asBoolean());
  }

  @Test
  void severalNetworksAtOnceSinceVersion144() throws Exception {
    String text = "{\"NetworkingConfig\":{\"EndpointsConfig\":{\"a\":{},\"b\":{}}}}";
    ApiException refused =
        assertThrows(
            ApiException.class, () -> OlderClients.adaptCreate(new ApiVersion(1, 43), json(text)));
    assertEquals(400, refused.status());
    OlderClients.adaptCreate(new ApiVersion(1, 44), json(text));
  }

  @Test
  void updatesOfProcessLimitsAreNotHeededBeforeVersion140() {
    JsonNode old = json("{\"PidsLimit\":5}");
    OlderClients.adaptUpdate(new ApiVersion(1, 39), old);
    assertEquals(true, old.path("PidsLimit").isMissingNode());
    JsonNode recent = json("{\"PidsLimit\":5}");
    OlderClients.adaptUpdate(new ApiVersion(1, 40), recent);
    assertEquals(5, recent.path("PidsLimit").asInt());
  }

  @Test
  void addressesOfLinksNeedALinkOfTheirOwnBeforeVersion144() throws Exception {
    String text = "{\"MacAddress\":\"02:00:00:00:00:01\",\"HostConfig\":{\"NetworkMode\":\"%s\"}}";
    for (String mode : new String[] {"host", "none", "container:a"}) {
      JsonNode body = json(text.formatted(mode));
      assertThrows(
          ApiException.class, () -> OlderClients.adaptCreate(new ApiVersion(1, 43), body), mode);
      OlderClients.adaptCreate(new ApiVersion(1, 44), body);
    }
    OlderClients.adaptCreate(new ApiVersion(1, 43), json(text.formatted("bridge")));
  }
}
