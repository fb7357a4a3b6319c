package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.transaction.AccountId;

/**
 * How far a log came by LogBlocks.
 *
 * @param owner who submits them
 * @param key the log's key from the next receipt on
 * @param number the newest LogBlock's
 * @param digest the newest LogBlock's
 * @param size the receipts that are final
 * @param root the RFC 6962 root over them
 * @param height the block that made them final
 * @param forked whether the log contradicted itself: nothing more is taken of it
 */
public record LogHead(
    AccountId owner,
    Bytes32 key,
    long number,
    Bytes32 digest,
    long size,
    Bytes32 root,
    long height,
    boolean forked)
    implements StoredValue {

  static final int TAG = 8;

  static LogHead after(SignedLogBlock signed, long height) {
    return new LogHead(
        new AccountId(signed.block().owner()),
        signed.block().nextKey(),
        signed.block().number(),
        signed.block().digest(),
        signed.block().to(),
        signed.block().root(),
        height,
        false);
  }

  LogHead asForked() {
    return new LogHead(owner, key, number, digest, size, root, height, true);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(owner.value()).bytes32(key).u64(number).bytes32(digest);
    out.u64(size).bytes32(root).u64(height).u8(forked ? 1 : 0);
  }

  static LogHead decodeFields(Decoder in) throws DecodingException {
    AccountId owner = new AccountId(in.bytes32());
    Bytes32 key = in.bytes32();
    long number = in.u63();
    Bytes32 digest = in.bytes32();
    long size = in.u63();
    Bytes32 root = in.bytes32();
    long height = in.u63();
    int forked = in.u8();
    if (forked > 1) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "forked " + forked);
    }
    return new LogHead(owner, key, number, digest, size, root, height, forked == 1);
  }
}
