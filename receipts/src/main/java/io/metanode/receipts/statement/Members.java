package io.metanode.receipts.statement;

import io.metanode.foundation.Digest;
import io.metanode.receipts.json.Json;
import io.metanode.receipts.statement.ReceiptFormatException.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The members of a JSON object, read by name and type; what is missing or wrong is named. */
final class Members {

  private final Map<String, Json> members;
  private final String where;

  private Members(Map<String, Json> members, String where) {
    this.members = members;
    this.where = where;
  }

  static Members of(Json value, String where) throws ReceiptFormatException {
    if (value instanceof Json.Obj(var members)) {
      return new Members(members, where);
    }
    throw new ReceiptFormatException(Fault.WRONG_TYPE, where + " is not an object");
  }

  void only(String... names) throws ReceiptFormatException {
    List<String> known = List.of(names);
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw new ReceiptFormatException(Fault.UNKNOWN_FIELD, where + "." + name);
      }
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  private Json need(String name) throws ReceiptFormatException {
    Json value = members.get(name);
    if (value == null) {
      throw new ReceiptFormatException(Fault.MISSING_FIELD, where + "." + name);
    }
    return value;
  }

  Members object(String name) throws ReceiptFormatException {
    return of(need(name), where + "." + name);
  }

  Json.Arr array(String name) throws ReceiptFormatException {
    if (need(name) instanceof Json.Arr array) {
      return array;
    }
    throw wrongType(name, "an array");
  }

  String text(String name) throws ReceiptFormatException {
    if (need(name) instanceof Json.Str(String text)) {
      return text;
    }
    throw wrongType(name, "a string");
  }

  boolean flag(String name) throws ReceiptFormatException {
    if (need(name) instanceof Json.Bool(boolean flag)) {
      return flag;
    }
    throw wrongType(name, "true or false");
  }

  /** An integer from 0 to 2^53 - 1, the range every JSON reader keeps exactly. */
  long number(String name) throws ReceiptFormatException {
    if (need(name) instanceof Json.Num(long number)) {
      if (number < 0 || number >= 1L << 53) {
        throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + number);
      }
      return number;
    }
    throw wrongType(name, "a number");
  }

  /** An integer from 0 to 255. */
  int octet(String name) throws ReceiptFormatException {
    long number = number(name);
    if (number > 255) {
      throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + number);
    }
    return (int) number;
  }

  /** A decimal integer in a string, 0 to 2^63 - 1. */
  long decimal(String name) throws ReceiptFormatException {
    String text = text(name);
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && Long.toString(value).equals(text)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + text);
    }
    throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + text);
  }

  Digest digest(String name) throws ReceiptFormatException {
    String text = text(name);
    return Digest.parse(text)
        .orElseThrow(
            () -> new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + text));
  }

  Instant time(String name) throws ReceiptFormatException {
    String text = text(name);
    try {
      Instant instant = Instant.parse(text);
      if (Statement.TIME.format(instant).equals(text)) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + text);
    }
    throw new ReceiptFormatException(Fault.WRONG_VALUE, where + "." + name + " " + text);
  }

  private ReceiptFormatException wrongType(String name, String expected) {
    return new ReceiptFormatException(Fault.WRONG_TYPE, where + "." + name + " is not " + expected);
  }
}
