package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.ledger.consensus.ValidatorId;

/** Signs for one validator. Signing is deterministic: equal messages give equal signatures. */
public interface Identity {

  ValidatorId id();

  Signature sign(byte[] message);

  BlsSignature seal(byte[] message);
}
