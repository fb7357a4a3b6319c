package io.metanode.containers.build;

import java.nio.charset.StandardCharsets;

/** Bytes that come in pieces, as text: a character is not cut where a piece ends. */
final class Utf8Text {

  private static final int LONGEST = 4;

  private byte[] left = {};

  String next(byte[] bytes) {
    byte[] all = new byte[left.length + bytes.length];
    System.arraycopy(left, 0, all, 0, left.length);
    System.arraycopy(bytes, 0, all, left.length, bytes.length);
    int end = whole(all);
    left = java.util.Arrays.copyOfRange(all, end, all.length);
    return new String(all, 0, end, StandardCharsets.UTF_8);
  }

  /** What is left at the end, however it reads. */
  String rest() {
    String text = new String(left, StandardCharsets.UTF_8);
    left = new byte[0];
    return text;
  }

  /** Where the last character that is not whole begins; the length if there is none. */
  private static int whole(byte[] bytes) {
    for (int back = 1; back < LONGEST && back <= bytes.length; back++) {
      int b = bytes[bytes.length - back] & 0xff;
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return length > back ? bytes.length - back : bytes.length;
      }
      if (b < 0x80) {
        return bytes.length;
      }
    }
    return bytes.length;
  }
}
