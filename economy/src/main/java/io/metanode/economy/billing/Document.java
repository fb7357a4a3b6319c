package io.metanode.economy.billing;

import io.metanode.economy.DocumentException;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object being read strictly: whatever is missing, of the wrong kind or unknown is named by
 * its place, a JSON pointer (RFC 6901).
 */
final class Document {

  static final int MOST_BYTES = 1 << 26;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,9})?");

  private static final Pattern CHARGE = Pattern.compile("[0-9]{1,30}\\.[0-9]{15}");

  private final JsonNode json;
  private final String place;

  private Document(JsonNode json, String place) {
    this.json = json;
    this.place = place;
  }

  /** Reads a whole document of a type. */
  static Document parse(byte[] bytes, String type) throws DocumentException {
    Document document = parse(bytes);
    String found = document.text("type");
    if (!found.equals(type)) {
      throw document.wrong("type", "expected " + type + ", not " + found);
    }
    return document;
  }

  static Document parse(byte[] bytes) throws DocumentException {
    if (bytes.length > MOST_BYTES) {
      throw new DocumentException("too long: more than " + MOST_BYTES + " bytes");
    }
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json.isObject()) {
        return new Document(json, "");
      }
      throw new DocumentException("not a JSON object");
    } catch (JacksonException e) {
      throw new DocumentException("not JSON: " + e.getOriginalMessage());
    }
  }

  JsonNode json() {
    return json;
  }

  DocumentException wrong(String member, String what) {
    return new DocumentException(place + "/" + member + ": " + what);
  }

  boolean has(String member) {
    return json.has(member);
  }

  Document object(String member) throws DocumentException {
    JsonNode value = json.path(member);
    if (!value.isObject()) {
      throw wrong(member, value.isMissingNode() ? "is missing" : "is no object");
    }
    return new Document(value, place + "/" + member);
  }

  Optional<Document> optional(String member) throws DocumentException {
    return has(member) ? Optional.of(object(member)) : Optional.empty();
  }

  List<Document> items(String member) throws DocumentException {
    JsonNode value = json.path(member);
    if (!value.isArray()) {
      throw wrong(member, value.isMissingNode() ? "is missing" : "is no list");
    }
    List<Document> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (!value.path(i).isObject()) {
        throw wrong(member + "/" + i, "is no object");
      }
      items.add(new Document(value.path(i), place + "/" + member + "/" + i));
    }
    return items;
  }

  List<String> texts(String member) throws DocumentException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : json.path(member)) {
      if (!value.isString()) {
        throw wrong(member, "is no list of texts");
      }
      texts.add(value.asString());
    }
    return texts;
  }

  String text(String member) throws DocumentException {
    JsonNode value = json.path(member);
    if (!value.isString()) {
      throw wrong(member, value.isMissingNode() ? "is missing" : "is no text");
    }
    return value.asString();
  }

  String text(String member, String otherwise) throws DocumentException {
    return has(member) ? text(member) : otherwise;
  }

  boolean flag(String member) throws DocumentException {
    String text = text(member);
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(member, "is neither \"true\" nor \"false\"");
    }
    return text.equals("true");
  }

  /** A number from 0 to 10¹⁸ − 1, as a text. */
  long number(String member) throws DocumentException {
    String text = text(member);
    if (!NUMBER.matcher(text).matches()) {
      throw wrong(member, "is no number in a text: " + text);
    }
    return Long.parseLong(text);
  }

  /** So many tokens, with up to nine decimals. */
  Amount amount(String member) throws DocumentException {
    String text = text(member);
    if (!AMOUNT.matcher(text).matches()) {
      throw wrong(member, "is no amount with up to nine decimals: " + text);
    }
    try {
      return new Amount(new BigDecimal(text).movePointRight(9).longValueExact());
    } catch (ArithmeticException e) {
      throw wrong(member, "is too much: " + text);
    }
  }

  /** A charge, as {@link Charge#toString} writes it. */
  Charge charge(String member) throws DocumentException {
    String text = text(member);
    if (!CHARGE.matcher(text).matches()) {
      throw wrong(member, "is no charge with fifteen decimals: " + text);
    }
    return new Charge(new BigDecimal(text).movePointRight(15).toBigIntegerExact());
  }

  /** A time of RFC 3339, in milliseconds since 1970. */
  long millis(String member) throws DocumentException {
    String text = text(member);
    try {
      Instant instant = Instant.parse(text);
      if (instant.equals(Instant.ofEpochMilli(instant.toEpochMilli()))) {
        return instant.toEpochMilli();
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(member, "is no time such as 2026-01-31T12:00:00Z: " + text);
    }
    throw wrong(member, "has more than milliseconds: " + text);
  }

  Bytes32 hash(String member) throws DocumentException {
    String text = text(member);
    if (!text.matches("[0-9a-f]{64}")) {
      throw wrong(member, "is not 64 hexadecimal digits");
    }
    return Bytes32.ofHex(text);
  }

  void requireOnly(List<String> known) throws DocumentException {
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong(name, "is unknown here; known are " + String.join(", ", known));
      }
    }
  }
}
