package io.metanode.foundation;

/** The only way product code draws random bytes. Tests draw them from a seed. */
@FunctionalInterface
public interface Randomness {

  /** Fills {@code target} with random bytes. */
  void fill(byte[] target);

  /** A new array of {@code length} random bytes. */
  default byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return bytes;
  }
}
