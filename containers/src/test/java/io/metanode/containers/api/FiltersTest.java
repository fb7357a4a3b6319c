package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FiltersTest {

  @Test
  void bothFormsMeanTheSame() throws ApiException {
    Filters map = Filters.parse("{\"label\":{\"a\":true,\"b\":true,\"c\":false}}");
    Filters list = Filters.parse("{\"label\":[\"a\",\"b\"]}");
    assertEquals(list, map);
    assertEquals(List.of("a", "b"), map.get("label"));
    assertEquals(Map.of(), Filters.parse("").values());
  }

  @Test
  void labelsMustAllMatch() throws ApiException {
    Filters filters = Filters.parse("{\"label\":[\"a\",\"b=1\"],\"label!\":[\"c\"]}");
    assertTrue(filters.labels(Map.of("a", "x", "b", "1")));
    assertFalse(filters.labels(Map.of("a", "x", "b", "2")));
    assertFalse(filters.labels(Map.of("b", "1")));
    assertFalse(filters.labels(Map.of("a", "x", "b", "1", "c", "")));
  }

  @Test
  void absentFiltersPassAndPresentOnesNeedOneValue() throws ApiException {
    Filters filters = Filters.parse("{\"name\":[\"a\",\"b\"]}");
    assertTrue(filters.is("name", "b"));
    assertFalse(filters.is("name", "c"));
    assertTrue(filters.is("id", "anything"));
    assertFalse(filters.flag("dangling", false));
    assertTrue(Filters.parse("{\"dangling\":[\"1\"]}").flag("dangling", false));
  }

  @Test
  void whatIsNeitherFormIsRefused() {
    for (String text :
        List.of("[]", "{", "7", "{\"a\":1}", "{\"a\":[1]}", "{\"a\":{\"b\":\"true\"}}")) {
      ApiException refused = assertThrows(ApiException.class, () -> Filters.parse(text), text);
      assertEquals(400, refused.status());
    }
    assertThrows(
        ApiException.class, () -> Filters.parse("{\"x\":[\"y\"]}").allowing(Set.of("name")));
    for (String text : List.of("{\"d\":[\"maybe\"]}", "{\"d\":[\"true\",\"0\"]}")) {
      assertThrows(ApiException.class, () -> Filters.parse(text).flag("d", false), text);
    }
  }
}
