package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/** What a module may read of the state. Assets go by their codes (docs/formats/ledger.md). */
public interface ModuleReader {

  /** The first namespace of the state tree that is a module's. */
  int FIRST_NAMESPACE = 16;

  /** The reserved wallet in which the fees of transactions are collected, in FLX. */
  Bytes32 FEES = new Bytes32(-1, -1, -1, -1);

  /**
   * A value of the module.
   *
   * @param namespace {@value #FIRST_NAMESPACE} or above
   */
  Optional<Bytes> get(int namespace, Bytes32 key);

  /** What a wallet holds of an asset, in minor units. */
  long wallet(Bytes32 owner, int asset);

  /** What all wallets hold of an asset, in minor units: the supply as the ledger counts it. */
  long wallets(int asset);

  /** Whether a wallet is the ledger's own, which nobody's key spends from. */
  boolean isReserved(Bytes32 owner);

  /**
   * A LogBlock that the ledger accepted, of a log that never contradicted itself.
   *
   * @param origin of the log
   * @param number of the LogBlock in it, from 0
   */
  Optional<AcceptedLogBlock> logBlock(Bytes origin, long number);
}
