package io.metanode.containers.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the API reads and writes it. */
public final class Json {

  /** The largest request body read as JSON. */
  static final int BODY_LIMIT = 4 * 1024 * 1024;

  private static final int DEPTH_LIMIT = 100;

  /** What Jackson says of a character that no value and no name begins with. */
  private static final Pattern STRAY =
      Pattern.compile("^Unexpected character \\('(.)' \\(code \\d+\\)\\): (?:was )?expect");

  /** Reads strictly, with bounds on depth; writes compactly. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_LIMIT)
                          .maxStringLength(BODY_LIMIT)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads a document and leaves what follows it. */
  private static final ObjectReader ONE_OF_MORE =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** The bytes of a document and a line feed, as Docker ends its documents. */
  public static byte[] line(JsonNode node) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    MAPPER.writeValue(bytes, node);
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** Docker's error body. */
  static byte[] error(String message) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("message", message);
    return line(body);
  }

  /** Parses text of a query parameter or a body. */
  public static JsonNode parse(byte[] text) throws ApiException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode document = ONE_OF_MORE.readTree(parser);
      requireEnd(parser);
      return document == null ? MAPPER.missingNode() : document;
    } catch (JacksonException e) {
      throw ApiException.badRequest("invalid JSON: " + said(e));
    }
  }

  private static void requireEnd(JsonParser parser) throws ApiException {
    boolean more;
    try {
      more = parser.nextToken() != null;
    } catch (JacksonException e) {
      more = true;
    }
    if (more) {
      throw ApiException.badRequest("unexpected content after JSON");
    }
  }

  /** The parser's message in Docker's words where it has some, without notes on its source. */
  private static String said(JacksonException e) {
    String message = e.getOriginalMessage();
    Matcher stray = STRAY.matcher(message);
    if (stray.find()) {
      String sought =
          message.contains("to start property name")
              ? "beginning of object key string"
              : "beginning of value";
      return "invalid character '" + stray.group(1) + "' looking for " + sought;
    }
    int note = message.indexOf(" (start marker");
    return note < 0 ? message : message.substring(0, note);
  }

  static JsonNode body(InputStream body) throws ApiException, IOException {
    byte[] text = body.readNBytes(BODY_LIMIT + 1);
    if (text.length > BODY_LIMIT) {
      throw new ApiException(413, "request body exceeds " + BODY_LIMIT + " bytes");
    }
    return text.length == 0 ? MAPPER.createObjectNode() : parse(text);
  }
}
