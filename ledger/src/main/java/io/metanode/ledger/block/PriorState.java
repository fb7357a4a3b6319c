package io.metanode.ledger.block;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * What a header says of the ledger after its parent was applied. It lags one height behind, so that
 * a block can be voted on before anyone has applied it.
 *
 * @param stateRoot the root of the authenticated state after the parent
 * @param resultsRoot the RFC 6962 root over the results of the parent's transactions
 * @param validators the digest of the validators that decide this height
 * @param nextValidators the digest of the validators that decide the next height
 */
public record PriorState(
    Bytes32 stateRoot, Bytes32 resultsRoot, Bytes32 validators, Bytes32 nextValidators) {

  void encode(Encoder out) {
    out.bytes32(stateRoot).bytes32(resultsRoot).bytes32(validators).bytes32(nextValidators);
  }

  static PriorState decode(Decoder in) throws DecodingException {
    return new PriorState(in.bytes32(), in.bytes32(), in.bytes32(), in.bytes32());
  }
}
