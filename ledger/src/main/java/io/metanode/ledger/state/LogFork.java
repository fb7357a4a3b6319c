package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.SignedLogBlock;

/**
 * The proof that a log contradicted itself: what it signed first, and what it signed beside that.
 * Whoever has the log's public key can check it without the chain.
 *
 * @param accepted what the chain holds
 * @param other another LogBlock of the same number, or another root for the same size
 * @param height of the block that brought it
 */
public record LogFork(SignedLogBlock accepted, SignedLogBlock other, long height)
    implements StoredValue {

  static final int TAG = 10;

  /** Whether two LogBlocks cannot both be of one honest log. */
  static boolean contradict(SignedLogBlock one, SignedLogBlock two) {
    boolean sameNumber = one.block().number() == two.block().number();
    boolean sameSize = one.block().to() == two.block().to();
    return (sameNumber && !one.block().equals(two.block()))
        || (sameSize && !one.block().root().equals(two.block().root()));
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(height);
    accepted.encode(out);
    other.encode(out);
  }

  static LogFork decodeFields(Decoder in) throws DecodingException {
    long height = in.u63();
    return new LogFork(SignedLogBlock.decode(in), SignedLogBlock.decode(in), height);
  }
}
