package io.metanode.ledger.state;

import io.metanode.ledger.encoding.Bytes32;
import io.metanode.ledger.encoding.Decoder;
import io.metanode.ledger.encoding.DecodingException;
import io.metanode.ledger.encoding.Encoder;
import io.metanode.ledger.transaction.AccountId;

/**
 * The newest checkpoint of a receipt log that the chain made final.
 *
 * @param owner who anchored the log first, and alone may go on
 * @param size the leaves of the log
 * @param root the RFC 6962 root over them
 * @param height the block that anchored it
 */
public record Anchor(AccountId owner, long size, Bytes32 root, long height) implements StoredValue {

  static final int TAG = 2;

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(owner.value()).u64(size).bytes32(root).u64(height);
  }

  static Anchor decodeFields(Decoder in) throws DecodingException {
    return new Anchor(new AccountId(in.bytes32()), in.u63(), in.bytes32(), in.u63());
  }
}
