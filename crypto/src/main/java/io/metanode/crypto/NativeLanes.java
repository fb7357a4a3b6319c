package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * How much native code of ours does at once: sums for signatures, and hashes of trees where it has
 * vectors. Every one of them gives the same verdicts and hashes. {@value #VARIABLE} in the
 * environment chooses for the process; without it, the most that the processor has.
 */
public enum NativeLanes {
  /** Eight signatures at once with AVX-512 IFMA; sixteen hashes with AVX-512 BW. */
  AVX512(8),
  /** Four at once, with AVX2. */
  AVX2(4),
  /** One at a time; hashes in Java. */
  SCALAR(1),
  /** None of it: the provider that {@link Ed25519#provider} names, and hashes in Java. */
  PROVIDER(0);

  /** What chooses: {@code auto} or the name of one of these. */
  public static final String VARIABLE = "METANODE_VERIFIER";

  private static final String AUTO = "auto";

  private final int lanes;

  NativeLanes(int lanes) {
    this.lanes = lanes;
  }

  /** How many signatures at once: 0 if native code checks none. */
  int lanes() {
    return lanes;
  }

  /** Asked once, and only where native code may be loaded. */
  private static final class Processor {

    private static final int LANES =
        NativeCode.library()
            .map(
                library ->
                    NativeCode.ask(library, "ed25519_lanes", FunctionDescriptor.of(JAVA_INT)))
            .orElse(0);
  }

  private static int most() {
    return Processor.LANES;
  }

  /**
   * What this process uses.
   *
   * @throws IllegalStateException if it asks for what is not known, or not here; the message says
   *     what there is
   */
  public static NativeLanes inUse() {
    return chosen(asked(), NativeLanes::most)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s is %s, which this processor or build does not have: %s, or %s, can be chosen"
                        .formatted(VARIABLE, asked(), AUTO, available())));
  }

  /** Whether trees are hashed with vectors; not where what was asked for is an error. */
  static boolean hasVectors() {
    return chosen(asked(), NativeLanes::most)
        .filter(found -> found.lanes >= AVX2.lanes)
        .isPresent();
  }

  /** Whether many hashes of SHA-2 are made at once; not where what was asked for is an error. */
  static boolean hasHashes() {
    return chosen(asked(), NativeLanes::most).filter(AVX512::equals).isPresent()
        && NativeCode.library()
            .filter(
                library ->
                    NativeCode.ask(library, "sha2_lanes", FunctionDescriptor.of(JAVA_INT)) > 1)
            .isPresent();
  }

  private static String asked() {
    return System.getenv().getOrDefault(VARIABLE, AUTO);
  }

  /** What there is here, the most first. */
  public static List<NativeLanes> available() {
    return upTo(most());
  }

  private static List<NativeLanes> upTo(int most) {
    return Arrays.stream(values()).filter(some -> some.lanes <= most).toList();
  }

  /**
   * What a name chooses; empty if there is no such thing.
   *
   * @param most lanes that there are; not asked for the provider, which needs no native code
   */
  static Optional<NativeLanes> chosen(String name, IntSupplier most) {
    if (name.equals(PROVIDER.toString())) {
      return Optional.of(PROVIDER);
    }
    return upTo(most.getAsInt()).stream()
        .filter(some -> name.equals(AUTO) || name.equals(some.toString()))
        .findFirst();
  }

  /** The name that chooses it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
