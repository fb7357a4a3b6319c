package io.metanode.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.machine.Claim;
import io.metanode.economy.machine.Issue;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.Proposal;
import io.metanode.economy.money.Amount;
import io.metanode.economy.supply.AurIssue;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerTransactions;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Makes transactions that ask the economy for anything but steps and proposals. */
public final class EconomyRequests {

  /** The most LogBlocks that a claim cites. */
  public static final int MOST_CITED = Claim.MOST;

  private final LedgerTransactions transactions;
  private final Signer sender;
  private final LedgerTransactions.Place place;

  /**
   * @param place of the one transaction that is made
   */
  public EconomyRequests(
      LedgerTransactions transactions, Signer sender, LedgerTransactions.Place place) {
    this.transactions = transactions;
    this.sender = sender;
    this.place = place;
  }

  LedgerTransactions.Signed sign(Operation operation) throws SigningException {
    return transactions.operation(
        sender, place, operation.category(), operation.kind(), operation.encode());
  }

  /**
   * LogBlocks of one log, one after the other.
   *
   * @param origin the log's name
   * @param first the number of the first
   */
  public record Cited(String origin, long first, int count) {}

  /**
   * Claims the reward of a window.
   *
   * @param window when it began, in milliseconds
   * @param cited one or more logs of the sender's
   * @throws IllegalArgumentException if too much or a log twice is cited
   */
  public LedgerTransactions.Signed claim(long window, List<Cited> cited) throws SigningException {
    List<Claim.Cited> logs =
        cited.stream()
            .map(
                log ->
                    new Claim.Cited(
                        Bytes.of(log.origin().getBytes(StandardCharsets.US_ASCII)),
                        log.first(),
                        log.count()))
            .sorted(Comparator.comparing(Claim.Cited::origin))
            .toList();
    return sign(new Operation.ClaimWindow(new Claim(window, logs)));
  }

  /** The id of the proposal that a key makes with a reference. */
  public static Bytes32 proposal(Ed25519PublicKey proposer, Bytes32 reference) {
    return Proposal.id(Bytes32.of(proposer.bytes()), reference);
  }

  /** Votes with what an account of GEN of the sender's holds. */
  public LedgerTransactions.Signed vote(Bytes32 proposal, Bytes32 voter, boolean approve)
      throws SigningException {
    return sign(new Operation.Vote(proposal, new AccountId(voter), approve));
  }

  /** Decides a proposal, or enacts one that passed and waited. */
  public LedgerTransactions.Signed close(Bytes32 proposal) throws SigningException {
    return sign(new Operation.Close(proposal));
  }

  /**
   * Says what one FLX costs.
   *
   * @param price in minor units of AUR
   */
  public LedgerTransactions.Signed quote(long price) throws SigningException {
    return sign(new Operation.Quote(new Amount(price)));
  }

  /**
   * Brings what notaries signed; anyone may.
   *
   * @param notaries their keys, in the order in which the ledger has them
   */
  public LedgerTransactions.Signed attest(GoldStatement statement, List<Bytes32> notaries)
      throws SigningException {
    return sign(new Operation.Attest(statement.of(notaries)));
  }

  /**
   * Puts AUR in transit to a bank; the sender is a notary.
   *
   * @param settlement between banks, named once for ever
   * @param bank the AUR account of the bank
   * @param amount minor units
   */
  public LedgerTransactions.Signed issue(Bytes32 settlement, Bytes32 bank, long amount)
      throws SigningException {
    return sign(new Operation.IssueAur(issued(settlement, bank, amount)));
  }

  /** Gives AUR back, which destroys it; the sender is the bank. */
  public LedgerTransactions.Signed redeem(Bytes32 settlement, Bytes32 bank, long amount)
      throws SigningException {
    return sign(new Operation.RedeemAur(issued(settlement, bank, amount)));
  }

  private static Issue issued(Bytes32 settlement, Bytes32 bank, long amount) {
    return new Issue(settlement, new AccountId(bank), new Amount(amount));
  }

  /** The pending transfer by which the AUR of a settlement is in transit. */
  public static Bytes32 transit(Bytes32 settlement) {
    return AurIssue.transit(settlement.toString()).value();
  }
}
