package io.metanode.ledger.state;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.transaction.AccountId;

/**
 * Where a value is in the state tree. Keys are hashed, so that nobody chooses where in the tree
 * theirs are and makes it deep.
 *
 * @param path the bits from the root to the leaf
 */
public record StateKey(Bytes32 path) implements Comparable<StateKey> {

  private static final int ACCOUNT = 1;
  private static final int ANCHOR = 2;
  private static final int SINGLE = 3;
  private static final int BOND = 4;
  private static final int LOG = 5;
  private static final int LOG_BLOCK = 6;
  private static final int LOG_FORK = 7;

  /** The validators, by height. */
  public static final StateKey VALIDATORS = single(1);

  /** How much there is of each asset. */
  public static final StateKey SUPPLY = single(2);

  /** Who may change the rules. */
  public static final StateKey GOVERNOR = single(3);

  private static StateKey single(int number) {
    return new StateKey(StateHash.path(SINGLE, new Bytes32(0, 0, 0, number)));
  }

  public static StateKey account(AccountId id) {
    return new StateKey(StateHash.path(ACCOUNT, id.value()));
  }

  /** The newest checkpoint of the log with this origin. */
  public static StateKey anchor(Bytes origin) {
    return new StateKey(StateHash.path(ANCHOR, named(origin)));
  }

  /** How far the log with this origin came by LogBlocks. */
  public static StateKey log(Bytes origin) {
    return new StateKey(StateHash.path(LOG, named(origin)));
  }

  /** A LogBlock of the log with this origin. */
  public static StateKey logBlock(Bytes origin, long number) {
    byte[] place = new Encoder(40).bytes32(named(origin)).u64(number).toArray();
    return new StateKey(StateHash.path(LOG_BLOCK, Bytes32.of(Sha256.of(place))));
  }

  /** The proof that the log with this origin contradicted itself. */
  public static StateKey logFork(Bytes origin) {
    return new StateKey(StateHash.path(LOG_FORK, named(origin)));
  }

  private static Bytes32 named(Bytes origin) {
    return Bytes32.of(Sha256.of(origin.toArray()));
  }

  /** What stands behind the validator with this key. */
  public static StateKey bond(Bytes32 key) {
    return new StateKey(StateHash.path(BOND, key));
  }

  /**
   * A value of the chain's module.
   *
   * @param namespace {@value ModuleReader#FIRST_NAMESPACE} or above
   */
  public static StateKey module(int namespace, Bytes32 key) {
    if (namespace < ModuleReader.FIRST_NAMESPACE) {
      throw new IllegalArgumentException("namespace " + namespace + " is the ledger's");
    }
    return new StateKey(StateHash.path(namespace, key));
  }

  @Override
  public int compareTo(StateKey other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
