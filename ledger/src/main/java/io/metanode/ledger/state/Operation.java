package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import java.util.ArrayList;
import java.util.List;

/** What a transaction's payload asks for. */
public sealed interface Operation {

  int TRANSFER = 1;
  int ANCHOR = 2;
  int ADD_VALIDATOR = 3;
  int REMOVE_VALIDATOR = 4;
  int BOND_STAKE = 5;
  int RELEASE_BOND = 6;
  int EXTEND_LOG = 7;
  int LOG_BLOCK = 8;

  /** The longest origin of a log, in bytes. */
  int MAX_ORIGIN = LogBlock.MAX_ORIGIN;

  /** Moves an amount of an asset, in minor units, from the sender to the recipient. */
  record Transfer(Asset asset, AccountId recipient, long amount) implements Operation {}

  /**
   * Makes a checkpoint of a receipt log final.
   *
   * @param origin the log's name as checkpoints begin with it, printable ASCII
   * @param size the leaves of the log
   * @param root the root over them
   */
  record AnchorLog(Bytes origin, long size, Bytes32 root) implements Operation {}

  /**
   * Makes receipts of a log final: its next leaves, from which every validator works out the root.
   *
   * @param origin the log's name, printable ASCII
   * @param before the leaves the log had
   * @param root the root over all leaves with these
   * @param leaves RFC 6962 leaf hashes, 32 bytes each, at least one
   */
  record ExtendLog(Bytes origin, long before, Bytes32 root, Bytes leaves) implements Operation {

    /** The most leaves of one transaction whose log has an origin of this length. */
    public static int most(int originLength) {
      int others = 4 + originLength + Long.BYTES + Bytes32.LENGTH + 4;
      return (Transaction.MAX_PAYLOAD - others) / Bytes32.LENGTH;
    }
  }

  /**
   * Adds a validator.
   *
   * @param from the first height it decides
   * @param possession the BLS signature that proves that it has the secret of its key, 96 bytes
   */
  record AddValidator(long from, ValidatorKeys keys, Bytes possession) implements Operation {

    /** The length of a proof of possession, in bytes. */
    public static final int POSSESSION_LENGTH = 96;
  }

  /**
   * Removes a validator.
   *
   * @param from the first height it no longer decides
   */
  record RemoveValidator(long from, Bytes32 key) implements Operation {}

  /**
   * Puts GEN of the sender behind a validator, or one to be.
   *
   * @param key the validator's Ed25519 key
   * @param amount in minor units
   */
  record BondStake(Bytes32 key, long amount) implements Operation {}

  /** Gives the sender back what it put behind a validator that left long enough ago. */
  record ReleaseBond(Bytes32 key) implements Operation {}

  /**
   * Makes the next receipts of a log final, with what they metered.
   *
   * @param proof the RFC 6962 consistency proof from the log's newest checkpoint on the chain;
   *     empty if it has none
   */
  record SubmitLogBlock(SignedLogBlock signed, List<Bytes32> proof) implements Operation {

    /** The most hashes of a consistency proof between trees of less than 2^63 leaves. */
    static final int LONGEST_PROOF = 64;

    public SubmitLogBlock {
      proof = List.copyOf(proof);
    }
  }

  /** The kind a transaction states. */
  default int kind() {
    return switch (this) {
      case Transfer _ -> TRANSFER;
      case AnchorLog _ -> ANCHOR;
      case ExtendLog _ -> EXTEND_LOG;
      case AddValidator _ -> ADD_VALIDATOR;
      case RemoveValidator _ -> REMOVE_VALIDATOR;
      case BondStake _ -> BOND_STAKE;
      case ReleaseBond _ -> RELEASE_BOND;
      case SubmitLogBlock _ -> LOG_BLOCK;
    };
  }

  /** The class a transaction with this operation must have. */
  default TransactionClass category() {
    return switch (this) {
      case Transfer _ -> TransactionClass.SETTLEMENT;
      case AnchorLog _, ExtendLog _, SubmitLogBlock _ -> TransactionClass.POE;
      case AddValidator _, RemoveValidator _, BondStake _, ReleaseBond _ ->
          TransactionClass.GOVERNANCE;
    };
  }

  /** The payload. */
  default Bytes encode() {
    Encoder out = new Encoder(192);
    switch (this) {
      case Transfer t -> out.u8(t.asset().code()).bytes32(t.recipient().value()).u64(t.amount());
      case AnchorLog a -> out.prefixed(a.origin()).u64(a.size()).bytes32(a.root());
      case ExtendLog e ->
          out.prefixed(e.origin()).u64(e.before()).bytes32(e.root()).prefixed(e.leaves());
      case AddValidator a -> {
        out.u64(a.from());
        a.keys().encode(out);
        out.raw(a.possession());
      }
      case RemoveValidator r -> out.u64(r.from()).bytes32(r.key());
      case BondStake b -> out.bytes32(b.key()).u64(b.amount());
      case ReleaseBond r -> out.bytes32(r.key());
      case SubmitLogBlock s -> {
        s.signed().encode(out);
        out.u32(s.proof().size());
        s.proof().forEach(out::bytes32);
      }
    }
    return out.toBytes();
  }

  /** Reads the payload of a transaction of this kind. */
  static Operation decode(int kind, Bytes payload) throws DecodingException {
    Decoder in = payload.decoder();
    Operation operation =
        switch (kind) {
          case TRANSFER -> transfer(in);
          case ANCHOR -> new AnchorLog(in.prefixed(MAX_ORIGIN), in.u63(), in.bytes32());
          case ADD_VALIDATOR ->
              new AddValidator(
                  in.u63(), ValidatorKeys.decode(in), in.raw(AddValidator.POSSESSION_LENGTH));
          case REMOVE_VALIDATOR -> new RemoveValidator(in.u63(), in.bytes32());
          case BOND_STAKE -> new BondStake(in.bytes32(), in.u63());
          case EXTEND_LOG -> extension(in);
          case RELEASE_BOND -> new ReleaseBond(in.bytes32());
          case LOG_BLOCK -> logBlock(in);
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "operation " + kind);
        };
    in.end();
    return operation;
  }

  private static ExtendLog extension(Decoder in) throws DecodingException {
    Bytes origin = in.prefixed(MAX_ORIGIN);
    long before = in.u63();
    Bytes32 root = in.bytes32();
    Bytes leaves = in.prefixed(Transaction.MAX_PAYLOAD);
    if (leaves.length() == 0 || leaves.length() % Bytes32.LENGTH != 0) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, leaves.length() + " bytes of leaf hashes");
    }
    return new ExtendLog(origin, before, root, leaves);
  }

  private static SubmitLogBlock logBlock(Decoder in) throws DecodingException {
    SignedLogBlock signed = SignedLogBlock.decode(in);
    int count = in.count(SubmitLogBlock.LONGEST_PROOF, Bytes32.LENGTH);
    List<Bytes32> proof = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      proof.add(in.bytes32());
    }
    return new SubmitLogBlock(signed, proof);
  }

  private static Transfer transfer(Decoder in) throws DecodingException {
    int code = in.u8();
    Asset asset =
        Asset.ofCode(code).orElseThrow(() -> in.fault(DecodingFault.UNKNOWN_CODE, "asset " + code));
    return new Transfer(asset, new AccountId(in.bytes32()), in.u63());
  }
}
