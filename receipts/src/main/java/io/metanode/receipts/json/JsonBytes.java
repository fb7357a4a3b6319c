package io.metanode.receipts.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Bytes of canonical JSON being written: the JSON Canonicalization Scheme (RFC 8785), of which the
 * caller keeps the order of members. Unpaired surrogates become U+FFFD. Not safe for use by many
 * threads.
 */
public final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int REPLACEMENT = 0xfffd;

  private byte[] bytes;
  private int length;

  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** The number of bytes written. */
  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets all but the first {@code keep} bytes. */
  public void truncate(int keep) {
    length = Math.min(length, keep);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Writes ASCII text as it is. */
  public JsonBytes raw(String ascii) {
    int count = ascii.length();
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  public JsonBytes raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  public JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  /** Writes the last digits of a number that is not negative, with zeros before it. */
  public JsonBytes digits(int value, int count) {
    room(count);
    int left = value;
    for (int i = count - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += count;
    return this;
  }

  /** Writes a quoted string. */
  public JsonBytes string(String value) {
    return string(value, Integer.MAX_VALUE);
  }

  /** Writes a quoted string, cut where its escaped form would pass {@code most} bytes. */
  public JsonBytes string(String value, int most) {
    room(value.length() + 2);
    bytes[length++] = '"';
    int end = (int) Math.min(Integer.MAX_VALUE, (long) length + most);
    for (int i = 0; i < value.length(); i++) {
      int before = length;
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        point(Character.toCodePoint(c, value.charAt(++i)));
      } else {
        point(Character.isSurrogate(c) ? REPLACEMENT : c);
      }
      if (length > end) {
        length = before;
        break;
      }
    }
    room(1);
    bytes[length++] = '"';
    return this;
  }

  private void point(int point) {
    room(6);
    if (point < 0x20) {
      control(point);
    } else if (point == '"' || point == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) point;
    } else if (point < 0x80) {
      bytes[length++] = (byte) point;
    } else if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | (point >> 6));
      continuation(point);
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xe0 | (point >> 12));
      continuation(point >> 6);
      continuation(point);
    } else {
      bytes[length++] = (byte) (0xf0 | (point >> 18));
      continuation(point >> 12);
      continuation(point >> 6);
      continuation(point);
    }
  }

  private void continuation(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void control(int point) {
    bytes[length++] = '\\';
    int letter = "\b\t\n\f\r".indexOf(point);
    if (letter >= 0) {
      bytes[length++] = (byte) "btnfr".charAt(letter);
      return;
    }
    bytes[length++] = 'u';
    bytes[length++] = '0';
    bytes[length++] = '0';
    bytes[length++] = HEX[point >> 4];
    bytes[length++] = HEX[point & 15];
  }

  /** Writes a value, members sorted by name as RFC 8785 orders them. */
  public JsonBytes value(Json value) {
    switch (value) {
      case Json.Str(String text) -> string(text);
      case Json.Num(long number) -> number(number);
      case Json.Bool(boolean flag) -> raw(flag ? "true" : "false");
      case Json.Null() -> raw("null");
      case Json.Arr(var elements) -> {
        raw("[");
        for (int i = 0; i < elements.size(); i++) {
          raw(i == 0 ? "" : ",").value(elements.get(i));
        }
        raw("]");
      }
      case Json.Obj(var members) -> {
        raw("{");
        boolean[] later = {false};
        members.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                member -> {
                  raw(later[0] ? "," : "")
                      .string(member.getKey())
                      .raw(":")
                      .value(member.getValue());
                  later[0] = true;
                });
        raw("}");
      }
    }
    return this;
  }
}
