package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.ledger.state.Operation;
import java.util.List;

/**
 * A signed LogBlock as it is submitted: the payload of a transaction of kind 8.
 *
 * @param proof the RFC 6962 consistency proof from the log's newest checkpoint on the chain
 */
public record LogBlockSubmission(SignedLogBlock signed, List<Bytes32> proof) {

  public LogBlockSubmission {
    proof = List.copyOf(proof);
  }

  /** The payload. */
  public Bytes encode() {
    return new Operation.SubmitLogBlock(signed, proof).encode();
  }

  public static LogBlockSubmission decode(Bytes payload) throws DecodingException {
    if (Operation.decode(Operation.LOG_BLOCK, payload) instanceof Operation.SubmitLogBlock read) {
      return new LogBlockSubmission(read.signed(), read.proof());
    }
    throw new DecodingException(DecodingFault.UNKNOWN_CODE, 0, "no LogBlock");
  }
}
