package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;

/** What a module may do to the state. */
public interface ModuleState extends ModuleReader {

  /**
   * Puts a value of the module's.
   *
   * @param namespace {@value ModuleReader#FIRST_NAMESPACE} or above
   * @param value its first byte is 16 or above and says what it is
   */
  void put(int namespace, Bytes32 key, Bytes value);

  /** Removes a value, if it is there. */
  void remove(int namespace, Bytes32 key);

  /**
   * Takes an amount out of a wallet, and out of what all wallets hold.
   *
   * @param amount in minor units
   * @throws IllegalArgumentException if the wallet has less
   */
  void take(Bytes32 owner, int asset, long amount);

  /**
   * Puts an amount into a wallet, and into what all wallets hold.
   *
   * @param amount in minor units
   * @throws ArithmeticException if there would be 2^63 minor units or more in all wallets
   */
  void give(Bytes32 owner, int asset, long amount);
}
