package io.metanode.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.machine.Change;
import io.metanode.economy.machine.Claim;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.Proposal;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerTransactions;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes transactions that ask the economy for anything but steps. */
public final class EconomyRequests {

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

  private LedgerTransactions.Signed sign(Operation operation) throws SigningException {
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

  /**
   * Proposes that the work of a log's owner is rewarded, or no longer.
   *
   * @param voter the sender's account of GEN that votes for it
   */
  public LedgerTransactions.Signed proposeProvider(
      Bytes32 reference, Bytes32 voter, Bytes32 owner, boolean admitted) throws SigningException {
    return propose(reference, voter, new Change.SetProvider(owner, admitted));
  }

  /** Proposes that a bank may hold AUR, or is frozen. */
  public LedgerTransactions.Signed proposeBank(
      Bytes32 reference, Bytes32 voter, Bytes32 owner, boolean admitted) throws SigningException {
    return propose(reference, voter, new Change.SetBank(owner, admitted));
  }

  /**
   * Proposes that a purse pays.
   *
   * @param purse such as {@code TREASURY}
   * @throws IllegalArgumentException if there is no such purse or token, or nothing is paid of it
   */
  public LedgerTransactions.Signed proposeGrant(
      Bytes32 reference, Bytes32 voter, String purse, String token, Bytes32 account, long amount)
      throws SigningException {
    return propose(
        reference,
        voter,
        new Change.Grant(
            Purse.valueOf(purse.toUpperCase(Locale.ROOT)),
            Token.valueOf(token.toUpperCase(Locale.ROOT)),
            new AccountId(account),
            new Amount(amount)));
  }

  private LedgerTransactions.Signed propose(Bytes32 reference, Bytes32 voter, Change change)
      throws SigningException {
    return sign(new Operation.Propose(reference, new AccountId(voter), change));
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
}
