package io.metanode.receipts;

import io.metanode.foundation.Digest;
import java.util.Optional;

/**
 * What a receipt says.
 *
 * @param sequence its place in its source's log, from 0
 * @param previous the Merkle leaf hash (RFC 6962) of the receipt before; all zeros for the first
 * @param source the origin of the log
 * @param step the operation
 * @param subjectsOmitted how many subjects did not fit
 */
public record StepReceipt(
    long sequence, Digest previous, String source, Step step, long subjectsOmitted) {

  /** What the first receipt of a log names as the previous one. */
  public static final Digest NO_PREVIOUS = Digest.ofBytes(new byte[32]);

  /** The operation by which a log passes from one key to the next. */
  public static final String ROTATION = "receipts.rotate";

  private static final String KEY = "key/";

  static Subject rotationSubject(Digest keyId) {
    return new Subject(KEY + keyId.hex(), keyId);
  }

  /** The id of the key that signs from the next receipt on, if this receipt passes to one. */
  public Optional<Digest> rotatesTo() {
    if (!step.operation().equals(ROTATION) || step.subjects().size() != 1) {
      return Optional.empty();
    }
    Subject named = step.subjects().getFirst();
    return rotationSubject(named.digest()).equals(named)
        ? Optional.of(named.digest())
        : Optional.empty();
  }
}
