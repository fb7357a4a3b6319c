package io.metanode.containers.network;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A DNS query (RFC 1035, section 4) with one question, and answers to it. */
final class DnsMessage {

  static final int TYPE_A = 1;
  static final int TYPE_PTR = 12;
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;

  private static final int HEADER = 12;
  private static final int LONGEST_NAME = 255;
  private static final int CLASS_INTERNET = 1;
  private static final int QUESTION_POINTER = 0xC000 | HEADER;
  private static final int QUERY_OR_OPCODE = 0xF8;
  private static final int RECURSION_DESIRED = 0x01;
  private static final int RESPONSE = 0x80;
  private static final int RECURSION_AVAILABLE = 0x80;

  /** An address changes when its container is started anew: clients may keep it this long. */
  private static final int TTL_SECONDS = 5;

  private final String name;
  private final int type;
  private final byte[] bytes;

  private DnsMessage(String name, int type, byte[] headerAndQuestion) {
    this.name = name;
    this.type = type;
    bytes = headerAndQuestion;
  }

  /** The name asked for, in lower case, without a dot at its end. */
  String name() {
    return name;
  }

  /** The type of the records asked for. */
  int type() {
    return type;
  }

  /** Reads a query; empty if it is anything but a plain query with one question. */
  static Optional<DnsMessage> query(byte[] message, int length) {
    if (length < HEADER
        || (message[2] & QUERY_OR_OPCODE) != 0
        || number(message, 4) != 1
        || number(message, 6) != 0) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (at < length && message[at] != 0) {
      int label = message[at] & 0xFF;
      if (label > 63 || at + 1 + label >= length || at + label > HEADER + LONGEST_NAME) {
        return Optional.empty();
      }
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(message, at + 1, label, StandardCharsets.ISO_8859_1));
      at += 1 + label;
    }
    int end = at + 5;
    if (end > length || number(message, at + 3) != CLASS_INTERNET) {
      return Optional.empty();
    }
    return Optional.of(
        new DnsMessage(
            name.toString().toLowerCase(Locale.ROOT),
            number(message, at + 1),
            Arrays.copyOf(message, end)));
  }

  private static int number(byte[] message, int at) {
    return (message[at] & 0xFF) << 8 | (message[at + 1] & 0xFF);
  }

  /** The address that a question for its name (section 3.5) means; empty if it is none. */
  Optional<Ipv4> reversed() {
    String suffix = ".in-addr.arpa";
    if (type != TYPE_PTR || !name.endsWith(suffix)) {
      return Optional.empty();
    }
    List<String> octets =
        List.of(name.substring(0, name.length() - suffix.length()).split("\\.", -1));
    return Ipv4.parse(String.join(".", octets.reversed()));
  }

  /** An answer with address records; without any, the name exists and has none of this type. */
  byte[] addresses(List<Ipv4> addresses) {
    return answer(NO_ERROR, TYPE_A, addresses.stream().map(Ipv4::octets).toList());
  }

  /** An answer with the name of the address asked for. */
  byte[] pointer(String target) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String label : target.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
      data.write(text.length);
      data.writeBytes(text);
    }
    data.write(0);
    return answer(NO_ERROR, TYPE_PTR, List.of(data.toByteArray()));
  }

  /** An answer that says why there is none. */
  byte[] failure() {
    return answer(SERVER_FAILURE, 0, List.of());
  }

  private byte[] answer(int code, int recordType, List<byte[]> records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, 2);
    out.write(RESPONSE | (bytes[2] & RECURSION_DESIRED));
    out.write(RECURSION_AVAILABLE | code);
    for (int count : new int[] {1, records.size(), 0, 0}) {
      write16(out, count);
    }
    out.write(bytes, HEADER, bytes.length - HEADER);
    for (byte[] data : records) {
      write16(out, QUESTION_POINTER);
      write16(out, recordType);
      write16(out, CLASS_INTERNET);
      write16(out, 0);
      write16(out, TTL_SECONDS);
      write16(out, data.length);
      out.writeBytes(data);
    }
    return out.toByteArray();
  }

  private static void write16(ByteArrayOutputStream out, int number) {
    out.write(number >> 8);
    out.write(number);
  }
}
