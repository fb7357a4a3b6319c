package io.metanode.containers.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** A netlink message in the making: header, family header, attributes (rtnetlink(7)). */
final class NetlinkRequest {

  static final int NLM_F_REQUEST = 1;
  static final int NLM_F_ACK = 4;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;

  private static final int CAPACITY = 1024;
  private static final int HEADER = 16;
  private static final int NESTED = 0x8000;

  private final String subject;
  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

  /**
   * @param subject what it is about, for error messages
   */
  NetlinkRequest(String subject, int type, int flags) {
    this.subject = subject;
    buffer.position(HEADER);
    buffer.putShort(4, (short) type);
    buffer.putShort(6, (short) (NLM_F_REQUEST | flags));
  }

  /** {@code struct ifinfomsg}; flags are set as in {@code change}. */
  NetlinkRequest link(int index, int flags, int change) {
    buffer.putShort((short) 0).putShort((short) 0).putInt(index).putInt(flags).putInt(change);
    return this;
  }

  NetlinkRequest octets(int... values) {
    for (int value : values) {
      buffer.put((byte) value);
    }
    return this;
  }

  NetlinkRequest number(int value) {
    buffer.putInt(value);
    return this;
  }

  NetlinkRequest attribute(int type, byte[] value) {
    buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    while (buffer.position() % 4 != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  NetlinkRequest attribute(int type, int value) {
    return attribute(
        type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  /** A zero-terminated string. */
  NetlinkRequest attribute(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return attribute(type, Arrays.copyOf(bytes, bytes.length + 1));
  }

  NetlinkRequest nested(int type, Consumer<NetlinkRequest> content) {
    int start = buffer.position();
    buffer.putShort((short) 0).putShort((short) (type | NESTED));
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  byte[] bytes(int sequence) {
    buffer.putInt(0, buffer.position());
    buffer.putInt(8, sequence);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  String subject() {
    return subject;
  }
}
