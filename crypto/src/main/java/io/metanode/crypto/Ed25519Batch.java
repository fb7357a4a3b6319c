package io.metanode.crypto;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of keys that have tables, checked together: what each costs less is the one division
 * at the end, which is made for all at once (Montgomery, "Speeding the Pollard and elliptic curve
 * methods of factorization", 1987). It is exact, so each has the verdict that it has alone; this is
 * not the batch equation of random combinations. Not safe for use by many threads.
 */
public final class Ed25519Batch {

  private final long[] sums;
  private final byte[] signatures;
  private final boolean[] wellFormed;
  private int count;
  private @Nullable Ed25519Library library;

  /**
   * @param most how many it takes
   */
  public Ed25519Batch(int most) {
    sums = new long[most * Ed25519Library.SUM];
    signatures = new byte[most * Signer.SIGNATURE_LENGTH];
    wellFormed = new boolean[most];
  }

  /**
   * Adds a signature.
   *
   * @throws ArrayIndexOutOfBoundsException if it takes no more
   */
  public void add(Ed25519Table table, byte[] message, byte[] signature) {
    int index = count++;
    wellFormed[index] = Ed25519Acceptance.acceptsSignature(signature);
    library = table.library();
    if (wellFormed[index]) {
      System.arraycopy(
          signature, 0, signatures, index * Signer.SIGNATURE_LENGTH, Signer.SIGNATURE_LENGTH);
      table.sum(sums, index, message, signatures);
    } else {
      sums[index * Ed25519Library.SUM + Ed25519Library.SUM / 3] = 1;
      sums[index * Ed25519Library.SUM + 2 * Ed25519Library.SUM / 3] = 1;
    }
  }

  /** Whether each holds, in the order in which they were added. */
  public boolean[] verdicts() {
    byte[] found = new byte[count];
    Optional.ofNullable(library).ifPresent(l -> l.compare(found, sums, signatures, count));
    boolean[] verdicts = new boolean[count];
    for (int i = 0; i < count; i++) {
      verdicts[i] = wellFormed[i] && found[i] == 1;
    }
    return verdicts;
  }
}
