package io.metanode.foundation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes fields one after the other. Not safe for use by many threads. */
public final class Encoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] EMPTY = {};

  private byte[] buffer;
  private int size;

  /**
   * @param capacity the bytes to expect; more are taken
   */
  public Encoder(int capacity) {
    buffer = new byte[capacity];
  }

  private int advance(int length) {
    int at = size;
    int end = Math.addExact(size, length);
    if (end > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(end, Math.min(buffer.length, 1 << 29) * 2));
    }
    size = end;
    return at;
  }

  /** One byte, the low eight bits of {@code value}. */
  public Encoder u8(int value) {
    int at = advance(1);
    buffer[at] = (byte) value;
    return this;
  }

  /** Two bytes, the low sixteen bits of {@code value}. */
  public Encoder u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public Encoder u32(int value) {
    int at = advance(4);
    INTS.set(buffer, at, value);
    return this;
  }

  public Encoder u64(long value) {
    int at = advance(8);
    LONGS.set(buffer, at, value);
    return this;
  }

  public Encoder bytes32(Bytes32 value) {
    int at = advance(Bytes32.LENGTH);
    value.writeTo(buffer, at);
    return this;
  }

  /** The bytes, without their length. */
  public Encoder raw(byte[] value) {
    int at = advance(value.length);
    System.arraycopy(value, 0, buffer, at, value.length);
    return this;
  }

  /** The bytes, without their length. */
  public Encoder raw(Bytes value) {
    int at = advance(value.length());
    value.writeTo(buffer, at);
    return this;
  }

  /** The length in four bytes, then the bytes. */
  public Encoder prefixed(Bytes value) {
    return u32(value.length()).raw(value);
  }

  /** The length in four bytes, then the bytes. */
  public Encoder prefixed(byte[] value) {
    return u32(value.length).raw(value);
  }

  public int size() {
    return size;
  }

  /** All that was written. */
  public byte[] toArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** All that was written. */
  public Bytes toBytes() {
    return Bytes.owning(toArray());
  }

  /** All that was written, and is no more in here: not copied if it fills the room. */
  public Bytes finish() {
    Bytes all = size == buffer.length ? Bytes.owning(buffer) : toBytes();
    buffer = EMPTY;
    size = 0;
    return all;
  }
}
