package io.metanode.ledger.peers;

import java.io.ByteArrayOutputStream;

/** Writes the few forms of DER (X.690) that a certificate needs. */
final class Der {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private Der() {}

  static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length > 0xff) {
      out.write(0x82);
      out.write(content.length >> Byte.SIZE);
    } else if (content.length > 0x7f) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(SET, joined(parts));
  }

  /** A number below 128. */
  static byte[] integer(int value) {
    return value(INTEGER, new byte[] {(byte) value});
  }

  static byte[] bits(byte[] bits) {
    return value(BIT_STRING, joined(new byte[1], bits));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
