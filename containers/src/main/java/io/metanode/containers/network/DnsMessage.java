package io.metanode.containers.network;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A DNS query (RFC 1035, section 4) with one question, and answers to it. */
final class DnsMessage {

  static final int TYPE_A = 1;
  static final int TYPE_PTR = 12;
  static final int TYPE_AAAA = 28;
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;

  private static final String REVERSE4 = ".in-addr.arpa";
  private static final String REVERSE6 = ".ip6.arpa";
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

  /** Whether it asks for the name of an address. */
  boolean asksForName() {
    return type == TYPE_PTR && (name.endsWith(REVERSE4) || name.endsWith(REVERSE6));
  }

  /** Whether it asks for the name (sections 3.5, and 2.5 of RFC 3596) of a place's address. */
  boolean isReverseOf(Endpoint endpoint) {
    return name.equals(reversed(endpoint.address()) + REVERSE4)
        || (!endpoint.address6().isEmpty()
            && name.equals(reversed(Ipv6.of(endpoint.address6())) + REVERSE6));
  }

  private static String reversed(String address) {
    return String.join(".", List.of(address.split("\\.", -1)).reversed());
  }

  private static String reversed(Ipv6 address) {
    String digits = HexFormat.of().formatHex(address.octets());
    return String.join(".", List.of(digits.split("", -1)).reversed().subList(1, 33));
  }

  /** An answer with places' addresses of the type asked for; without any, the name exists. */
  byte[] addressesOf(List<Endpoint> endpoints) {
    return switch (type) {
      case TYPE_A ->
          answer(
              NO_ERROR,
              TYPE_A,
              endpoints.stream().map(each -> Ipv4.of(each.address()).octets()).toList());
      case TYPE_AAAA ->
          answer(
              NO_ERROR,
              TYPE_AAAA,
              endpoints.stream()
                  .filter(each -> !each.address6().isEmpty())
                  .map(each -> Ipv6.of(each.address6()).octets())
                  .toList());
      default -> answer(NO_ERROR, type, List.of());
    };
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
