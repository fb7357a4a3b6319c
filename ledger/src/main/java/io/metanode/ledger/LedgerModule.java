package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a chain does beside its own wallets, logs and validators: operations of the kinds {@value
 * #FIRST_KIND} to {@value #LAST_KIND}, over values of its own in the state. Every validator of a
 * chain has the same one, from the first block on.
 *
 * <p>Equal arguments give equal answers on every validator, for ever: an implementation reads no
 * clock, draws no randomness and iterates nothing whose order is not fixed. Safe for use by many
 * threads.
 */
public interface LedgerModule {

  /** The first kind of operation that is a module's. */
  int FIRST_KIND = 32;

  /** The last one. */
  int LAST_KIND = 63;

  /** The first result code that is a module's; below 2^16. */
  int FIRST_CODE = 256;

  /** Of a chain that has none. */
  LedgerModule NONE = new NoModule();

  /** Whether operations of this kind are a module's. */
  static boolean owns(int kind) {
    return kind >= FIRST_KIND && kind <= LAST_KIND;
  }

  /** The part of the API's paths behind which it answers, such as {@code economy}. */
  String name();

  /**
   * Why the module cannot begin with what a genesis gives to wallets; empty if it can.
   *
   * @param wallets the sums over all wallets, by asset code, in minor units
   */
  Optional<String> genesisFault(List<Long> wallets);

  /**
   * The class of the transactions that may carry an operation (docs/formats/ledger.md); empty if
   * the kind is unknown or the payload no encoding of it.
   */
  OptionalInt category(int kind, Bytes payload);

  /** Does what is due. Called once at the beginning of every block. */
  void begin(ModuleContext context, ModuleState state);

  /**
   * Performs an operation whose {@link #category} is known. What it did to the state is undone
   * unless it answers 0.
   *
   * @param sender who signed the transaction
   * @return 0, or a code of {@value #FIRST_CODE} or above
   */
  int perform(ModuleContext context, Bytes32 sender, int kind, Bytes payload, ModuleState state);

  /** The name of a result code that {@link #perform} gives. */
  Optional<String> resultName(int code);

  /**
   * What the API answers.
   *
   * @param path what follows the module's name
   * @return empty if there is no such thing
   */
  Optional<Found> find(List<String> path, ModuleReader state);

  /**
   * An answer of the API.
   *
   * @param entry where in the state it comes from, if it is one value
   * @param json strings, numbers, lists and maps by name, in the order in which they are written
   */
  record Found(Optional<Place> entry, Map<String, Object> json) {}

  /**
   * Where a value of the module is.
   *
   * @param namespace {@value ModuleReader#FIRST_NAMESPACE} or above
   */
  record Place(int namespace, Bytes32 key) {}
}
