package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.price.PriceQuote;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/** What a transaction asks of the economy. */
public sealed interface Operation {

  int STEPS = 32;
  int CLAIM = 33;
  int PROPOSE = 34;
  int VOTE = 35;
  int CLOSE = 36;
  int ATTEST = 37;
  int ISSUE_AUR = 38;
  int REDEEM_AUR = 39;
  int QUOTE = 40;

  /** The classes of transactions (docs/formats/ledger.md). */
  int GOVERNANCE = 0;

  int POE = 1;
  int SETTLEMENT = 2;

  /** Does steps. */
  record DoSteps(Batch batch) implements Operation {}

  /** Claims the reward of a window. */
  record ClaimWindow(Claim claim) implements Operation {}

  /**
   * Proposes a change, and votes for it.
   *
   * @param reference the proposer's own, chosen once
   * @param account of GEN that votes for it
   */
  record Propose(Bytes32 reference, AccountId account, Change change) implements Operation {}

  /** Votes with what an account of GEN holds. */
  record Vote(Bytes32 proposal, AccountId account, boolean approve) implements Operation {}

  /** Decides a proposal, or enacts it; anyone may. */
  record Close(Bytes32 proposal) implements Operation {}

  /** Brings what notaries signed; anyone may. */
  record Attest(Attestation attestation) implements Operation {}

  /** Puts AUR in transit to a bank. */
  record IssueAur(Issue issue) implements Operation {}

  /** Gives AUR back. */
  record RedeemAur(Issue issue) implements Operation {}

  /**
   * Says what one FLX costs.
   *
   * @param price in AUR, above zero and at most {@link PriceQuote#MOST}
   */
  record Quote(Amount price) implements Operation {

    /**
     * @throws IllegalArgumentException if the price is out of bounds
     */
    public Quote {
      if (price.isZero() || price.compareTo(PriceQuote.MOST) > 0) {
        throw new IllegalArgumentException("nobody quotes " + price);
      }
    }
  }

  /** The kind a transaction states. */
  default int kind() {
    return switch (this) {
      case DoSteps _ -> STEPS;
      case ClaimWindow _ -> CLAIM;
      case Propose _ -> PROPOSE;
      case Vote _ -> VOTE;
      case Close _ -> CLOSE;
      case Attest _ -> ATTEST;
      case IssueAur _ -> ISSUE_AUR;
      case RedeemAur _ -> REDEEM_AUR;
      case Quote _ -> QUOTE;
    };
  }

  /** The class, by its code, that a transaction with this operation must have. */
  default int category() {
    return switch (this) {
      case Propose _, Vote _, Close _ -> GOVERNANCE;
      case ClaimWindow _ -> POE;
      case DoSteps _, Attest _, IssueAur _, RedeemAur _, Quote _ -> SETTLEMENT;
    };
  }

  /** The payload. */
  default Bytes encode() {
    return switch (this) {
      case DoSteps steps -> steps.batch().encode();
      case ClaimWindow claim -> claim.claim().encode();
      case Propose p -> {
        Encoder out = new Encoder(256).bytes32(p.reference()).bytes32(p.account().value());
        p.change().encode(out);
        yield out.toBytes();
      }
      case Vote v ->
          new Encoder(65)
              .bytes32(v.proposal())
              .bytes32(v.account().value())
              .u8(v.approve() ? 1 : 0)
              .toBytes();
      case Close close -> new Encoder(32).bytes32(close.proposal()).toBytes();
      case Attest attest -> attest.attestation().encode();
      case IssueAur issue -> issue.issue().encode();
      case RedeemAur redeem -> redeem.issue().encode();
      case Quote quote -> new Encoder(8).u64(quote.price().units()).toBytes();
    };
  }

  /** Reads the payload of a transaction of this kind. */
  static Operation decode(int kind, Bytes payload) throws DecodingException {
    return switch (kind) {
      case STEPS -> new DoSteps(Batch.decode(payload));
      case CLAIM -> new ClaimWindow(Claim.decode(payload));
      case ATTEST -> new Attest(Attestation.decode(payload));
      case ISSUE_AUR -> new IssueAur(Issue.decode(payload));
      case REDEEM_AUR -> new RedeemAur(Issue.decode(payload));
      default -> {
        Decoder in = payload.decoder();
        Operation operation = decode(kind, in);
        in.end();
        yield operation;
      }
    };
  }

  private static Operation decode(int kind, Decoder in) throws DecodingException {
    return switch (kind) {
      case PROPOSE -> new Propose(in.bytes32(), Fields.account(in), Change.decode(in));
      case VOTE -> new Vote(in.bytes32(), Fields.account(in), Fields.flag(in));
      case CLOSE -> new Close(in.bytes32());
      case QUOTE -> {
        Amount price = Fields.amount(in);
        yield Fields.valid(in, () -> new Quote(price));
      }
      default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "operation " + kind);
    };
  }
}
