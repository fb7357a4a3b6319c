package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.AccountId;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest checkpoint of a receipt log that the chain made final.
 *
 * @param owner who anchored the log first, and alone may go on
 * @param size the leaves of the log
 * @param root the RFC 6962 root over them
 * @param height the block that anchored it
 * @param edge the roots of the complete subtrees, the largest first, of a log whose leaves all came
 *     in transactions; empty for one that the chain knows by its checkpoints alone
 */
public record Anchor(AccountId owner, long size, Bytes32 root, long height, List<Bytes32> edge)
    implements StoredValue {

  static final int TAG = 2;

  public Anchor {
    edge = List.copyOf(edge);
  }

  /** A checkpoint whose leaves the chain has not seen. */
  public Anchor(AccountId owner, long size, Bytes32 root, long height) {
    this(owner, size, root, height, List.of());
  }

  /** Whether the chain has seen every leaf, so that it can work out what follows. */
  public boolean isExtensible() {
    return edge.size() == Long.bitCount(size);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(owner.value()).u64(size).bytes32(root).u64(height).u8(edge.size());
    edge.forEach(out::bytes32);
  }

  static Anchor decodeFields(Decoder in) throws DecodingException {
    AccountId owner = new AccountId(in.bytes32());
    long size = in.u63();
    Bytes32 root = in.bytes32();
    long height = in.u63();
    int count = in.u8();
    if (count != 0 && count != Long.bitCount(size)) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, count + " subtrees of " + size + " leaves");
    }
    List<Bytes32> edge = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      edge.add(in.bytes32());
    }
    return new Anchor(owner, size, root, height, edge);
  }
}
