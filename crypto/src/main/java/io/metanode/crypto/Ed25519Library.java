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
  private static final int KEY_ENTRIES = 4 * 8;
  private static final int BASE_ENTRIES = 4 * 512;

  /** Sums that a call makes at most. */
  static final int MOST = 8;

  private static final FunctionDescriptor SUMS =
      FunctionDescriptor.ofVoid(
          ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
          ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);

  private static final Optional<Ed25519Library> LIBRARY =
      NativeCode.library().map(Ed25519Library::new);

  private final MethodHandle key;
  private final MethodHandle sums;
  private final MethodHandle verdicts;
  private final MemorySegment base = MemorySegment.ofArray(new long[BASE_ENTRIES * NUMBERS]);

  private Ed25519Library(SymbolLookup library) {
    MethodHandle fill = handle(library, "base", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    key = handle(library, "key", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    sums = handle(library, "sums", SUMS);
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

  /**
   * S·B - h·A of up to {@value #MOST} signatures from {@code index} on, whose S are below the group
   * order. All arrays have room for so many from there on.
   *
   * @param sums where {@value #SUM} numbers of each go, at multiples of that
   * @param tables of each signature
   * @param hashes 64 bytes for each signature, not reduced
   * @param signatures 64 bytes each
   * @param lanes how many to make at once; no more than {@link NativeLanes} has
   */
  void sums(
      long[] sums,
      int index,
      long[][] tables,
      byte[] hashes,
      byte[] signatures,
      int count,
      int lanes) {
    try {
      this.sums.invokeExact(
          at(sums, index),
          at(tables[index], 0),
          at(tables[index + 1], 0),
          at(tables[index + 2], 0),
          at(tables[index + 3], 0),
          at(tables[index + 4], 0),
          at(tables[index + 5], 0),
          at(tables[index + 6], 0),
          at(tables[index + 7], 0),
          base,
          at(hashes, index),
          at(signatures, index),
          count,
          lanes);
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
