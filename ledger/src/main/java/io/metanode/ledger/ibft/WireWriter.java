package io.metanode.ledger.ibft;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes the layout of docs/formats/consensus.md: big-endian, fixed widths, counted lists. */
final class WireWriter {

  private final ByteArrayOutputStream bytes;

  WireWriter(int expected) {
    bytes = new ByteArrayOutputStream(expected);
  }

  WireWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  WireWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  WireWriter u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  WireWriter u64(long value) {
    return u32((int) (value >>> 32)).u32((int) value);
  }

  WireWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  /** The length as u32, then the bytes. */
  WireWriter sized(byte[] value) {
    return u32(value.length).raw(value);
  }

  /** 0, or 1 and the value. */
  <T> WireWriter optional(Optional<T> value, BiConsumer<WireWriter, T> write) {
    u8(value.isPresent() ? 1 : 0);
    value.ifPresent(v -> write.accept(this, v));
    return this;
  }

  /** The count as u16, then the elements. */
  <T> WireWriter list(Collection<T> values, BiConsumer<WireWriter, T> write) {
    u16(values.size());
    values.forEach(v -> write.accept(this, v));
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
