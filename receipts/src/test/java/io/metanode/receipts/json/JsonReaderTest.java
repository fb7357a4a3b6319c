package io.metanode.receipts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.receipts.json.JsonException.Fault;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

  private static Fault fault(byte[] bytes) {
    return assertThrows(JsonException.class, () -> JsonReader.canonical(bytes, 1_000)).fault();
  }

  private static Fault fault(String text) {
    return fault(text.getBytes(UTF_8));
  }

  @Test
  void everyFaultHasItsName() {
    assertEquals(Fault.TOO_LARGE, fault(new byte[1_001]));
    assertEquals(Fault.TOO_DEEP, fault("[".repeat(20)));
    assertEquals(Fault.NOT_UTF8, fault("\"é\"".getBytes(ISO_8859_1)));
    assertEquals(Fault.NOT_AN_INTEGER, fault("1.5"));
    assertEquals(Fault.NOT_AN_INTEGER, fault("1e3"));
    assertEquals(Fault.NOT_AN_INTEGER, fault("9223372036854775808"));
    assertEquals(Fault.DUPLICATE_MEMBER, fault("{\"a\":1,\"a\":2}"));
    assertEquals(Fault.NOT_CANONICAL, fault("{\"b\":1,\"a\":2}"));
    assertEquals(Fault.NOT_CANONICAL, fault("{ }"));
    assertEquals(Fault.NOT_CANONICAL, fault("\"\\u0041\""));
    assertEquals(Fault.NOT_CANONICAL, fault("-0"));
  }

  @Test
  void whatIsNotJsonIsRefused() {
    for (String text :
        new String[] {
          "",
          "{",
          "}",
          "[1,]",
          "{\"a\"}",
          "01",
          "-",
          "\"",
          "\"\\x\"",
          "\"\t\"",
          "tru",
          "1 2",
          "+1",
          "nan",
          "{a:1}",
          "\"\\u12\"",
          "'a'"
        }) {
      assertEquals(Fault.NOT_JSON, fault(text), text);
    }
  }

  /** RFC 8785 section 3.2.2.2, with its number left out. */
  @Test
  void stringsAreEscapedAsTheStandardShows() throws Exception {
    String text = "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"";
    Json value = JsonReader.read(text.getBytes(UTF_8), 1_000);
    assertEquals(
        "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"",
        new String(new JsonBytes(8).value(value).toByteArray(), UTF_8));
  }
}
