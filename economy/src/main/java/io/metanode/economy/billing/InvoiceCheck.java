package io.metanode.economy.billing;

import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks an invoice against the usage it is for: derives it again, from the records and the prices
 * alone, and compares byte by byte. What comes of it does not depend on whoever issued it.
 */
public final class InvoiceCheck {

  private static final JsonMapper MAPPER = new JsonMapper();

  private InvoiceCheck() {}

  /** What a check found. */
  public sealed interface Verdict {

    /** It is, to the last digit, what the usage costs. */
    record Correct(Invoice invoice) implements Verdict {}

    /**
     * It says something else.
     *
     * @param where a JSON pointer (RFC 6901)
     */
    record Differs(String where, String expected, String found) implements Verdict {}

    /** It is no invoice, or not in canonical form. */
    record Malformed(String why) implements Verdict {}

    /** A record could not be counted. */
    record BadRecord(Bytes32 receipt, Meter.Result result) implements Verdict {}
  }

  /**
   * Checks an invoice.
   *
   * @param number the invoice's
   * @param meter of the tenant, as it stood before the invoice's first hour
   * @param records all of the tenant's, those of the invoice's hours and no earlier ones
   * @param hours those that the invoice settles, in order
   */
  public static Verdict check(
      byte[] json, String number, Meter meter, List<UsageRecord> records, List<Long> hours) {
    for (UsageRecord record : records) {
      Meter.Result result = meter.add(record);
      if (result != Meter.Result.COUNTED) {
        return new Verdict.BadRecord(record.receipt(), result);
      }
    }
    Invoice invoice = new Invoice(number, hours.stream().map(meter::settle).toList());
    byte[] expected = invoice.json();
    return Arrays.equals(expected, json)
        ? new Verdict.Correct(invoice)
        : difference(expected, json);
  }

  private static Verdict difference(byte[] expected, byte[] found) {
    try {
      return difference("", MAPPER.readTree(expected), MAPPER.readTree(found));
    } catch (JacksonException e) {
      return new Verdict.Malformed("not JSON");
    }
  }

  private static Verdict difference(String where, JsonNode expected, JsonNode found) {
    if (expected.isContainer() && expected.getNodeType() == found.getNodeType()) {
      for (String name : names(expected, found)) {
        JsonNode left =
            expected.isArray() ? expected.path(Integer.parseInt(name)) : expected.path(name);
        JsonNode right = found.isArray() ? found.path(Integer.parseInt(name)) : found.path(name);
        if (!left.equals(right)) {
          return difference(where + "/" + name, left, right);
        }
      }
      return new Verdict.Malformed("the same values, but not in canonical form");
    }
    return new Verdict.Differs(where, words(expected), words(found));
  }

  private static List<String> names(JsonNode expected, JsonNode found) {
    if (expected.isArray()) {
      return IntStream.range(0, Math.max(expected.size(), found.size()))
          .mapToObj(Integer::toString)
          .toList();
    }
    return Stream.concat(expected.propertyNames().stream(), found.propertyNames().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static String words(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.isString() ? node.asString() : node.toString();
  }
}
