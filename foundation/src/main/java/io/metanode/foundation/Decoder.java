package io.metanode.foundation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads fields one after the other, and refuses what no {@link Encoder} writes. It never allocates
 * more than the bytes it was given. Not safe for use by many threads.
 */
public final class Decoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] buffer;
  private int offset;

  /**
   * @param buffer read, never written
   */
  public Decoder(byte[] buffer) {
    this.buffer = buffer;
  }

  /** The bytes read so far. */
  public int offset() {
    return offset;
  }

  /** The bytes not read yet. */
  public int remaining() {
    return buffer.length - offset;
  }

  private int advance(int length) throws DecodingException {
    if (length > remaining()) {
      throw fault(DecodingFault.TRUNCATED, length + " bytes expected, " + remaining() + " left");
    }
    int at = offset;
    offset += length;
    return at;
  }

  /** A fault at the current byte. */
  public DecodingException fault(DecodingFault fault, String detail) {
    return new DecodingException(fault, offset, detail);
  }

  public int u8() throws DecodingException {
    return buffer[advance(1)] & 0xff;
  }

  public int u16() throws DecodingException {
    return u8() << 8 | u8();
  }

  /** A number of 32 bits below 2^31. */
  public int u31() throws DecodingException {
    int value = (int) INTS.get(buffer, advance(4));
    if (value < 0) {
      throw fault(
          DecodingFault.OUT_OF_RANGE, Integer.toUnsignedString(value) + " is not below 2^31");
    }
    return value;
  }

  /** Any 64 bits. */
  public long bits64() throws DecodingException {
    return (long) LONGS.get(buffer, advance(8));
  }

  /** A number of 64 bits below 2^63. */
  public long u63() throws DecodingException {
    long value = bits64();
    if (value < 0) {
      throw fault(DecodingFault.OUT_OF_RANGE, Long.toUnsignedString(value) + " is not below 2^63");
    }
    return value;
  }

  public Bytes32 bytes32() throws DecodingException {
    return Bytes32.of(buffer, advance(Bytes32.LENGTH));
  }

  /** The next {@code length} bytes. */
  public Bytes raw(int length) throws DecodingException {
    int at = advance(length);
    return Bytes.owning(Arrays.copyOfRange(buffer, at, at + length));
  }

  /** A length of at most {@code most}, and as many bytes. */
  public Bytes prefixed(int most) throws DecodingException {
    return raw(count(most, 1));
  }

  /**
   * A count of at most {@code most} elements of at least {@code least} bytes each; they must fit in
   * what is left, so that a count cannot ask for memory the bytes do not back.
   */
  public int count(int most, int least) throws DecodingException {
    int count = u31();
    if (count > most) {
      throw fault(DecodingFault.OVERSIZED, count + " is above the limit of " + most);
    }
    if ((long) count * least > remaining()) {
      throw fault(DecodingFault.TRUNCATED, count + " elements do not fit in " + remaining());
    }
    return count;
  }

  /** Reads {@code magic}, four bytes that name the format and its version. */
  public void magic(int magic) throws DecodingException {
    int found = (int) INTS.get(buffer, advance(4));
    if (found != magic) {
      throw fault(DecodingFault.WRONG_MAGIC, "%08x, not %08x".formatted(found, magic));
    }
  }

  /** Nothing may be left. */
  public void end() throws DecodingException {
    if (remaining() > 0) {
      throw fault(DecodingFault.TRAILING, remaining() + " bytes more");
    }
  }
}
