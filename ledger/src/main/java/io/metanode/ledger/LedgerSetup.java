package io.metanode.ledger;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DurableFiles;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.TransactionDraft;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the keys of validators and the genesis of chains. */
public final class LedgerSetup {

  private static final long UNIT = 1_000_000_000L;

  /** What the governor of a new chain holds; the chain's module holds the rest of the supply. */
  private static final Amounts GOVERNOR =
      new Amounts(20_000 * UNIT, 20_000 * UNIT, 200_000 * UNIT, 0);

  /** What accounts of load tests share, and the most that one has, of NEX and of FLX. */
  private static final long SHARED = 20_000 * UNIT;

  private static final long MOST_EACH = 1_000 * UNIT;

  private LedgerSetup() {}

  /**
   * What the world may know of a validator.
   *
   * @param key of its messages and links
   * @param sealKey of its commit seals
   * @param possession shows that it holds the secret of {@code sealKey}
   */
  public record PublicKeys(Ed25519PublicKey key, BlsPublicKey sealKey, BlsSignature possession) {

    /** Whether the proof holds; a validator without it can forge the seals of others. */
    public boolean areProved() {
      return sealKey.possessedBy(possession);
    }

    private ValidatorKeys forState() {
      return new ValidatorKeys(Bytes32.of(key.bytes()), Bytes.of(sealKey.bytes()));
    }
  }

  /** The validator's keys, made where there are none. */
  public static PublicKeys keys(LedgerHome home, Randomness randomness) throws IOException {
    home.create();
    PrivateKeySigner signer = signer(home.key(), randomness);
    BlsSecretKey seal =
        Files.exists(home.sealKey())
            ? KeyFile.bls(home.sealKey())
            : KeyFile.newBls(home.sealKey(), randomness);
    return new PublicKeys(signer.publicKey(), seal.publicKey(), seal.proofOfPossession());
  }

  /** An Ed25519 key in a file, made where there is none. */
  public static PrivateKeySigner signer(Path file, Randomness randomness) throws IOException {
    return Files.exists(file) ? KeyFile.ed25519(file) : KeyFile.newEd25519(file, randomness);
  }

  /**
   * The genesis of a chain whose governor holds something of each asset.
   *
   * @param validators whose proofs of possession hold
   * @param funded accounts that hold FLX and NEX from the start, for load tests
   * @param module of the chain
   * @throws IllegalArgumentException if a proof does not hold, a validator is there twice, or the
   *     module cannot begin with that
   */
  public static byte[] genesis(
      Collection<PublicKeys> validators,
      Ed25519PublicKey governor,
      List<Ed25519PublicKey> funded,
      int maxTransactions,
      LedgerModule module,
      Clock clock) {
    for (PublicKeys keys : validators) {
      if (!keys.areProved()) {
        throw new IllegalArgumentException("possession is not proved: " + keys.key());
      }
    }
    SortedMap<AccountId, Amounts> accounts = new TreeMap<>();
    accounts.put(TransactionDraft.accountOf(governor), GOVERNOR);
    long share = Math.min(MOST_EACH, SHARED / Math.max(1, funded.size()));
    Amounts each = new Amounts(0, share, share, 0);
    funded.forEach(key -> accounts.put(TransactionDraft.accountOf(key), each));
    Parameters standard = Parameters.DEFAULT;
    Genesis genesis =
        new Genesis(
            new Parameters(standard.fees(), standard.ticks(), maxTransactions),
            clock.now().toEpochMilli(),
            TransactionDraft.accountOf(governor),
            new ValidatorRoster(validators.stream().map(PublicKeys::forState).sorted().toList()),
            accounts);
    Optional<String> fault = fault(genesis, module);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    return genesis.encode().toArray();
  }

  /** Why a chain's module cannot begin with a genesis. */
  static Optional<String> fault(Genesis genesis, LedgerModule module) {
    Amounts wallets = genesis.accounts().values().stream().reduce(Amounts.ZERO, Amounts::plus);
    return module.genesisFault(Arrays.stream(Asset.values()).map(wallets::of).toList());
  }

  /** The most transactions of a block, unless a chain chooses otherwise. */
  public static int standardBlock() {
    return Parameters.DEFAULT.maxTransactions();
  }

  /**
   * Puts a genesis into a home.
   *
   * @throws IOException if it is none, or the home has another one
   */
  public static void install(LedgerHome home, byte[] genesis) throws IOException {
    Bytes encoded = Bytes.of(genesis);
    String origin = "the genesis";
    decode(origin, encoded);
    home.create();
    if (Files.exists(home.genesis())) {
      if (!Bytes.of(Files.readAllBytes(home.genesis())).equals(encoded)) {
        throw new IOException(home.directory() + " belongs to another chain already");
      }
      return;
    }
    Path part = home.genesis().resolveSibling("genesis.part");
    Files.write(part, genesis);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Replica.birth(new DirectoryDisk(home.votes()));
    Files.move(part, home.genesis(), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncDirectory(home.directory());
  }

  static Genesis genesis(Path file) throws IOException {
    return decode(file.toString(), Bytes.of(Files.readAllBytes(file)));
  }

  private static Genesis decode(String what, Bytes encoded) throws IOException {
    try {
      return Genesis.decode(encoded);
    } catch (DecodingException e) {
      throw new IOException(what + " is no genesis: " + e.getMessage(), e);
    }
  }
}
