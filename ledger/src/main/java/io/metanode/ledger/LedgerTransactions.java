package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Makes signed transactions for one chain. */
public final class LedgerTransactions {

  private static final int UNITS = 9;

  private final ChainTag chain;
  private final long feeBase;
  private final long feePerByte;

  private LedgerTransactions(ChainTag chain, long feeBase, long feePerByte) {
    this.chain = chain;
    this.feeBase = feeBase;
    this.feePerByte = feePerByte;
  }

  static LedgerTransactions of(Genesis genesis) {
    return new LedgerTransactions(
        genesis.chain(), genesis.parameters().fees().base(), genesis.parameters().fees().perByte());
  }

  /**
   * For the chain that a validator serves.
   *
   * @param status its {@code /v1/status}
   */
  public static LedgerTransactions of(JsonNode status) {
    return new LedgerTransactions(
        new ChainTag(Long.parseUnsignedLong(status.required("chain").asString(), 16)),
        status.required("leastFeeBase").asLong(),
        status.required("leastFeePerByte").asLong());
  }

  /**
   * A signed transaction.
   *
   * @param id hexadecimal
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Signed(String id, byte[] encoded) {}

  /**
   * Where a transaction stands.
   *
   * @param sequence the transactions the sender made before
   * @param expiry the last height whose block may hold it
   */
  public record Place(long sequence, long expiry) {}

  /** The name of an account: its key's 64 hexadecimal digits. */
  public static String account(Ed25519PublicKey key) {
    return TransactionDraft.accountOf(key).toString();
  }

  /** The minor units of a decimal amount such as {@code 1.5}; empty if it is none. */
  public static OptionalLong minorUnits(String amount) {
    if (!amount.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(new BigDecimal(amount).movePointRight(UNITS).longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Moves an amount.
   *
   * @param recipient 64 hexadecimal digits
   * @param amount minor units
   * @throws IllegalArgumentException if there is no such asset, or the recipient is no account
   */
  public Signed transfer(Signer sender, Place place, String asset, String recipient, long amount)
      throws SigningException {
    return sign(
        sender,
        place,
        new Operation.Transfer(
            Asset.valueOf(asset.toUpperCase(Locale.ROOT)),
            new AccountId(Bytes32.ofHex(recipient)),
            amount));
  }

  /** Makes a checkpoint of a log final. */
  public Signed anchor(Signer sender, Place place, String origin, long size, byte[] root)
      throws SigningException {
    return sign(
        sender,
        place,
        new Operation.AnchorLog(Bytes.of(origin.getBytes(US_ASCII)), size, Bytes32.of(root)));
  }

  /** The most leaf hashes that one {@link #extend} of a log takes. */
  public static int mostLeaves(String origin) {
    return Operation.ExtendLog.most(origin.length());
  }

  /**
   * Makes the next leaves of a log final.
   *
   * @param before the leaves it had
   * @param leaves RFC 6962 leaf hashes of 32 bytes, one after the other
   * @param root over all leaves with these
   */
  public Signed extend(
      Signer owner, Place place, String origin, long before, byte[] leaves, byte[] root)
      throws SigningException {
    return sign(
        owner,
        place,
        new Operation.ExtendLog(
            Bytes.of(origin.getBytes(US_ASCII)), before, Bytes32.of(root), Bytes.of(leaves)));
  }

  /** Makes the next receipts of a log final. */
  public Signed logBlock(Signer owner, Place place, LogBlockSubmission submission)
      throws SigningException {
    return sign(
        owner, place, new Operation.SubmitLogBlock(submission.signed(), submission.proof()));
  }

  /** Adds a validator from a height on; only the governor may. */
  public Signed addValidator(
      Signer governor,
      Place place,
      long from,
      Ed25519PublicKey key,
      BlsPublicKey sealKey,
      byte[] possession)
      throws SigningException {
    return sign(
        governor,
        place,
        new Operation.AddValidator(
            from,
            new ValidatorKeys(Bytes32.of(key.bytes()), Bytes.of(sealKey.bytes())),
            Bytes.of(possession)));
  }

  /** Removes a validator from a height on; only the governor may. */
  public Signed removeValidator(Signer governor, Place place, long from, Ed25519PublicKey key)
      throws SigningException {
    return sign(governor, place, new Operation.RemoveValidator(from, Bytes32.of(key.bytes())));
  }

  /**
   * An operation of the chain's module.
   *
   * @param category the class, by its code
   * @throws IllegalArgumentException if there is no such class or kind
   */
  public Signed operation(Signer sender, Place place, int category, int kind, Bytes payload)
      throws SigningException {
    TransactionClass known =
        TransactionClass.ofCode(category)
            .orElseThrow(() -> new IllegalArgumentException("no class " + category));
    return sign(sender, place, known, kind, payload);
  }

  private Signed sign(Signer sender, Place place, Operation operation) throws SigningException {
    return sign(sender, place, operation.category(), operation.kind(), operation.encode());
  }

  private Signed sign(
      Signer sender, Place place, TransactionClass category, int kind, Bytes payload)
      throws SigningException {
    long fee = feeBase + feePerByte * (Transaction.MIN_LENGTH + payload.length());
    Transaction transaction =
        new TransactionDraft(
                chain,
                TransactionDraft.accountOf(sender.publicKey()),
                place.sequence(),
                category,
                fee,
                place.expiry(),
                kind,
                payload)
            .sign(sender);
    return new Signed(transaction.id().toString(), transaction.encoded().toArray());
  }

  /** The id of an encoded transaction; empty if it is none. */
  public static Optional<String> id(byte[] encoded) {
    try {
      return Optional.of(Transaction.decode(Bytes.of(encoded)).id().toString());
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }
}
