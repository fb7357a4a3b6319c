package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Sums of points, in native code where it was built for this host. Safe for use by many threads.
 */
final class Ed25519Library {

  private static final int NUMBERS = 15;
  private static final int KEY_ENTRIES = 8 * 8;
  private static final int BASE_ENTRIES = 32 * 128;

  /** Sums that are made at once, where the processor can. */
  static final int LANES = 4;

  private static final FunctionDescriptor SUMS =
      FunctionDescriptor.ofVoid(
          ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

  private static final Optional<Ed25519Library> LIBRARY =
      NativeCode.library().map(Ed25519Library::new);

  private final MethodHandle key;
  private final MethodHandle sum;
  private final Optional<MethodHandle> sums;
  private final MethodHandle verdicts;
  private final MemorySegment base = MemorySegment.ofArray(new long[BASE_ENTRIES * NUMBERS]);

  private Ed25519Library(SymbolLookup library) {
    MethodHandle fill = handle(library, "base", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    key = handle(library, "key", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    sum =
        handle(
            library, "sum", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    int lanes = NativeCode.ask(library, "ed25519_lanes", FunctionDescriptor.of(JAVA_INT));
    sums = lanes == LANES ? Optional.of(handle(library, "sums", SUMS)) : Optional.empty();
    verdicts =
        handle(
            library,
            "verdicts",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    if (call(fill, base) == 0) {
      throw new OutOfMemoryError("for the multiples of a point");
    }
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return NativeCode.handle(library, "ed25519_" + name, descriptor);
  }

  static Optional<Ed25519Library> get() {
    return LIBRARY;
  }

  private static int call(MethodHandle handle, Object... arguments) {
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
  }

  /** The multiples of a key; empty if it is no point. */
  Optional<long[]> table(byte[] encoded) {
    long[] table = new long[KEY_ENTRIES * NUMBERS];
    int made = call(key, MemorySegment.ofArray(table), MemorySegment.ofArray(encoded));
    return made == 1 ? Optional.of(table) : Optional.empty();
  }

  /** The numbers of a sum. */
  static final int SUM = 15;

  /** Whether {@link #sums} can be called on this processor. */
  boolean hasLanes() {
    return sums.isPresent();
  }

  /**
   * S·B - h·A, of a signature whose S is below the group order.
   *
   * @param index of the signature
   * @param sums where its {@value #SUM} numbers go, at a multiple of that
   * @param hashes 64 bytes for each signature, not reduced
   * @param signatures 64 bytes each
   */
  void sum(long[] sums, int index, long[] table, byte[] hashes, byte[] signatures) {
    try {
      sum.invokeExact(
          at(sums, index), at(table, 0), base, at(hashes, index), at(signatures, index));
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
  }

  /**
   * The sums of {@value #LANES} signatures from {@code index} on.
   *
   * @param tables of each signature
   */
  void sums(long[] sums, int index, long[][] tables, byte[] hashes, byte[] signatures) {
    try {
      this.sums
          .orElseThrow()
          .invokeExact(
              at(sums, index),
              at(tables[index], 0),
              at(tables[index + 1], 0),
              at(tables[index + 2], 0),
              at(tables[index + 3], 0),
              base,
              at(hashes, index),
              at(signatures, index));
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
  }

  private static MemorySegment at(long[] sums, int index) {
    return MemorySegment.ofArray(sums).asSlice((long) index * SUM * Long.BYTES);
  }

  private static MemorySegment at(byte[] bytes, int index) {
    return MemorySegment.ofArray(bytes).asSlice((long) index * Signer.SIGNATURE_LENGTH);
  }

  /**
   * Whether each of the first sums is the R of its signature: one or zero.
   *
   * @param verdicts where that goes
   */
  void compare(byte[] verdicts, long[] sums, byte[] signatures, int count) {
    int done;
    try {
      done =
          (int)
              this.verdicts.invokeExact(
                  MemorySegment.ofArray(verdicts),
                  MemorySegment.ofArray(sums),
                  MemorySegment.ofArray(signatures),
                  count);
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
    if (done == 0) {
      throw new OutOfMemoryError("for the sums of " + count + " signatures");
    }
  }
}
