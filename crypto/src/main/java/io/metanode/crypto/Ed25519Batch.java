package io.metanode.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of keys that have tables, checked together. What makes each cheaper: several sums are
 * made at once, one in each lane of the processor's vectors, and the one division at the end is
 * made for all (Montgomery, "Speeding the Pollard and elliptic curve methods of factorization",
 * 1987). Both are exact, so each has the verdict that it has alone; this is not the batch equation
 * of random combinations. Not safe for use by many threads.
 */
public final class Ed25519Batch {

  /** Where there is no signature. */
  private static final int NONE = -1;

  /** What is hashed of a transfer, about. */
  private static final int EXPECTED = 320;

  private final NativeLanes lanes;
  private final long[][] tables;
  private final HashBatch hashes;
  private final byte[] signatures;

  /** Which of all a well-formed one is. */
  private final int[] places;

  private int count;
  private int wellFormed;
  private @Nullable Ed25519Library library;

  /**
   * @param most how many it takes
   * @param lanes how many sums to make at once, which this processor has
   */
  public Ed25519Batch(int most, NativeLanes lanes) {
    if (lanes == NativeLanes.PROVIDER) {
      throw new IllegalArgumentException("a provider knows no tables");
    }
    this.lanes = lanes;
    tables = new long[most + Ed25519Library.MOST][];
    hashes = new HashBatch(HashBatch.Algorithm.SHA512, most, EXPECTED, lanes == NativeLanes.AVX512);
    signatures = new byte[tables.length * Signer.SIGNATURE_LENGTH];
    places = new int[most];
  }

  /**
   * Adds a signature.
   *
   * @throws ArrayIndexOutOfBoundsException if it takes no more
   */
  public void add(Ed25519Table table, byte[] message, byte[] signature) {
    boolean whole = signature.length == Signer.SIGNATURE_LENGTH;
    add(table, message, message.length, signature, whole ? 0 : NONE);
  }

  /**
   * Adds the signature that ends the bytes, over those before it.
   *
   * @throws ArrayIndexOutOfBoundsException if it takes no more
   */
  public void add(Ed25519Table table, byte[] signed) {
    int length = signed.length - Signer.SIGNATURE_LENGTH;
    add(table, signed, Math.max(length, 0), signed, length);
  }

  private void add(Ed25519Table table, byte[] message, int length, byte[] from, int at) {
    int place = count++;
    if (at >= 0 && Ed25519Acceptance.acceptsSignature(from, at)) {
      int index = wellFormed++;
      places[index] = place;
      tables[index] = table.multiples();
      library = table.library();
      System.arraycopy(
          from, at, signatures, index * Signer.SIGNATURE_LENGTH, Signer.SIGNATURE_LENGTH);
      table.hash(hashes, message, length, from, at);
    }
  }

  /** Whether each holds, in the order in which they were added. */
  public boolean[] verdicts() {
    boolean[] verdicts = new boolean[count];
    Optional.ofNullable(library).ifPresent(found -> check(found, verdicts));
    return verdicts;
  }

  private void check(Ed25519Library library, boolean[] verdicts) {
    long[] sums = new long[tables.length * Ed25519Library.SUM];
    byte[] hashed = new byte[tables.length * Ed25519Table.HASH];
    hashes.hash(hashed);
    Arrays.fill(tables, wellFormed, wellFormed + Ed25519Library.MOST, tables[0]);
    for (int next = 0; next < wellFormed; next += Ed25519Library.MOST) {
      int sumsNow = Math.min(Ed25519Library.MOST, wellFormed - next);
      library.sums(sums, next, tables, hashed, signatures, sumsNow, lanes.lanes());
    }
    byte[] found = new byte[wellFormed];
    library.compare(found, sums, signatures, wellFormed);
    for (int i = 0; i < wellFormed; i++) {
      verdicts[places[i]] = found[i] == 1;
    }
  }
}
