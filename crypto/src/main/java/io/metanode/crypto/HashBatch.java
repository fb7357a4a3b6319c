package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hashes of many messages at once (SHA-2, FIPS 180-4): in the lanes of the processor's vectors
 * where it has them, else one by one. Not safe for use by many threads.
 */
final class HashBatch {

  /** What hashes. */
  static final class Algorithm {

    static final Algorithm SHA256 = new Algorithm("SHA-256", "sha256", 64, 32);
    static final Algorithm SHA512 = new Algorithm("SHA-512", "sha512", 128, 64);

    private final String name;
    private final int block;
    private final int length;
    private final MessageDigest blank;
    private final Optional<MethodHandle> lanes;

    /**
     * @param function of native code
     * @param block in bytes
     * @param length of a hash, in bytes
     */
    private Algorithm(String name, String function, int block, int length) {
      this.name = name;
      this.block = block;
      this.length = length;
      try {
        blank = MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has " + name, e);
      }
      lanes =
          NativeLanes.hasHashes()
              ? NativeCode.library().map(found -> NativeCode.handle(found, function, HASHES))
              : Optional.empty();
    }

    @Override
    public String toString() {
      return name;
    }

    /** A copy of one that was looked up, which costs as much as a hash. */
    MessageDigest newDigest() {
      try {
        return (MessageDigest) blank.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError("the JDK's own digest can be copied", e);
      }
    }
  }

  private static final FunctionDescriptor HASHES =
      FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);

  /** Longer messages are hashed alone: the collector waits for calls of native code. */
  private static final int MOST_BLOCKS = 64;

  private final Algorithm algorithm;
  private final boolean lanes;
  private byte[] messages;
  private int[] first;
  private int[] blocks;
  private int[] lengths;
  private int count;
  private int used;
  private int begun;

  /**
   * @param expected how many messages
   * @param length of each, about, in bytes
   * @param lanes whether lanes may be used where there are some
   */
  HashBatch(Algorithm algorithm, int expected, int length, boolean lanes) {
    this.algorithm = algorithm;
    this.lanes = lanes && algorithm.lanes.isPresent();
    messages = new byte[Math.multiplyExact(expected, padded(length))];
    first = new int[expected];
    blocks = new int[expected];
    lengths = new int[expected];
  }

  /** With the one and the zeros and the length behind it, a number of whole blocks. */
  private int padded(int length) {
    int least = length + 1 + algorithm.block / Byte.SIZE;
    return Math.multiplyExact(Math.ceilDiv(least, algorithm.block), algorithm.block);
  }

  /** Goes on with the message that was begun, or begins one. */
  HashBatch put(byte[] bytes, int from, int length) {
    room(Math.addExact(used, length));
    System.arraycopy(bytes, from, messages, used, length);
    used += length;
    return this;
  }

  HashBatch put(byte value) {
    room(used + 1);
    messages[used++] = value;
    return this;
  }

  private void room(int needed) {
    if (needed > messages.length) {
      messages = Arrays.copyOf(messages, Math.max(needed, 2 * messages.length));
    }
  }

  /** Ends the message. */
  void end() {
    if (count == first.length) {
      int more = Math.max(8, 2 * count);
      first = Arrays.copyOf(first, more);
      blocks = Arrays.copyOf(blocks, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    int length = used - begun;
    int whole = padded(length);
    room(begun + whole);
    messages[used] = (byte) 0x80;
    Arrays.fill(messages, used + 1, begun + whole, (byte) 0);
    long bits = (long) length * Byte.SIZE;
    for (int i = 1; i <= Long.BYTES; i++) {
      messages[begun + whole - i] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
    first[count] = begun / algorithm.block;
    blocks[count] = whole / algorithm.block <= MOST_BLOCKS ? whole / algorithm.block : 0;
    lengths[count] = length;
    count++;
    begun += whole;
    used = begun;
  }

  /**
   * Writes the hashes, one after the other.
   *
   * @param hashes has room for all
   */
  void hash(byte[] hashes) {
    if (lanes) {
      call(algorithm.lanes.orElseThrow(), hashes);
    }
    MessageDigest digest = algorithm.newDigest();
    for (int i = 0; i < count; i++) {
      if (!lanes || blocks[i] == 0) {
        digest.update(messages, first[i] * algorithm.block, lengths[i]);
        try {
          digest.digest(hashes, i * algorithm.length, algorithm.length);
        } catch (DigestException e) {
          throw new AssertionError("there is room for a hash", e);
        }
      }
    }
  }

  private void call(MethodHandle function, byte[] hashes) {
    try {
      function.invokeExact(
          MemorySegment.ofArray(hashes),
          MemorySegment.ofArray(messages),
          MemorySegment.ofArray(first),
          MemorySegment.ofArray(blocks),
          count);
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
  }
}
