package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link WireWriter} wrote, and nothing else. */
final class WireReader {

  /** No list of signatures is longer: one of each validator. */
  static final int MAX_LIST = 1024;

  /** The most bytes of a proposal's payload. */
  static final int MAX_PAYLOAD = 8 << 20;

  /** The bytes are not of the layout. */
  static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message);
    }
  }

  private final ByteBuffer buffer;

  WireReader(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
  }

  private ByteBuffer need(int count) {
    if (buffer.remaining() < count) {
      throw new Malformed("truncated: " + count + " bytes wanted, " + buffer.remaining() + " left");
    }
    return buffer;
  }

  int u8() {
    return need(1).get() & 0xff;
  }

  int u16() {
    return need(2).getShort() & 0xffff;
  }

  /** A u32 that has to be below 2³¹. */
  int u31() {
    int value = need(4).getInt();
    if (value < 0) {
      throw new Malformed("above 2^31: " + Integer.toUnsignedString(value));
    }
    return value;
  }

  /** A u64 that has to be below 2⁶³. */
  long u63() {
    long value = need(8).getLong();
    if (value < 0) {
      throw new Malformed("above 2^63: " + Long.toUnsignedString(value));
    }
    return value;
  }

  byte[] raw(int count) {
    byte[] value = new byte[count];
    need(count).get(value);
    return value;
  }

  byte[] sized() {
    int length = u31();
    if (length > MAX_PAYLOAD) {
      throw new Malformed("payload of " + length + " bytes");
    }
    return raw(length);
  }

  Digest digest() {
    return Digest.ofBytes(raw(32));
  }

  <T> Optional<T> optional(Function<WireReader, T> read) {
    int flag = u8();
    if (flag > 1) {
      throw new Malformed("flag " + flag);
    }
    return flag == 1 ? Optional.of(read.apply(this)) : Optional.empty();
  }

  <T> List<T> list(Function<WireReader, T> read) {
    int count = u16();
    if (count > MAX_LIST) {
      throw new Malformed("list of " + count);
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(read.apply(this));
    }
    return values;
  }

  <T> T end(T value) {
    if (buffer.hasRemaining()) {
      throw new Malformed(buffer.remaining() + " bytes too many");
    }
    return value;
  }
}
