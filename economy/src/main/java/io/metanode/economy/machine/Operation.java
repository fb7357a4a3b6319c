package io.metanode.economy.machine;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;

/** What a transaction asks of the economy. */
public sealed interface Operation {

  int STEPS = 32;

  /** The classes of transactions (docs/formats/ledger.md). */
  int SETTLEMENT = 2;

  /** Does steps. */
  record DoSteps(Batch batch) implements Operation {}

  /** The kind a transaction states. */
  default int kind() {
    return switch (this) {
      case DoSteps _ -> STEPS;
    };
  }

  /** The class, by its code, that a transaction with this operation must have. */
  default int category() {
    return switch (this) {
      case DoSteps _ -> SETTLEMENT;
    };
  }

  /** The payload. */
  default Bytes encode() {
    return switch (this) {
      case DoSteps steps -> steps.batch().encode();
    };
  }

  /** Reads the payload of a transaction of this kind. */
  static Operation decode(int kind, Bytes payload) throws DecodingException {
    return switch (kind) {
      case STEPS -> new DoSteps(Batch.decode(payload));
      default -> throw new DecodingException(DecodingFault.UNKNOWN_CODE, 0, "operation " + kind);
    };
  }
}
