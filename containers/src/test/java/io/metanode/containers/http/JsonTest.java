package io.metanode.containers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{invalid json|invalid JSON: invalid character 'i' looking for beginning of object key string",
        "?|invalid JSON: invalid character '?' looking for beginning of value",
        "{}trailing content|unexpected content after JSON",
        "{} {}|unexpected content after JSON"
      })
  void whatIsNoDocumentIsToldInDockersWords(String text, String told) {
    ApiException refused = assertThrows(ApiException.class, () -> Json.parse(text.getBytes(UTF_8)));
    assertEquals(400, refused.status());
    assertEquals(told, refused.getMessage());
  }

  @Test
  void spaceMayFollow() throws Exception {
    assertEquals(1, Json.parse("{\"a\": 1}\n ".getBytes(UTF_8)).path("a").asInt());
  }
}
