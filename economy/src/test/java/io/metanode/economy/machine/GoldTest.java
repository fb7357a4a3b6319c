package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.WALLET;
import static io.metanode.economy.machine.EconomyChain.person;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.machine.EconomyChain.Ask;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.price.ReserveAttestation;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AUR between three notaries, two of whom must sign, and a bank (1). */
class GoldTest {

  private static final int BANK = 1;
  private static final AccountId VAULT = Names.account(person(BANK), Token.AUR, 0);
  private static final Bytes32 SETTLEMENT = new Bytes32(6, 6, 6, 6);

  private final EconomyChain chain = new EconomyChain(3);
  private final List<PrivateKeySigner> notaries =
      Stream.of(1, 2, 3).map(seed -> PrivateKeySigner.generate(new Gen(seed))).toList();
  private AccountId voter = AccountId.named("none yet");

  @BeforeEach
  void name() {
    voter = chain.voter(0, 9 * WALLET);
    chain.enact(1, voter, new Change.SetBank(person(BANK), true));
    assertEquals(MarketStatus.NO_NOTARIES.code(), attest(0, 1, 10, 0, 1));
    chain.enact(
        2,
        voter,
        new Change.SetNotaries(new NotarySet(2, notaries.stream().map(this::key).toList())));
    chain.perform(2, new Step.Open(Token.FLX, 0, false, 0));
    Step fund =
        new Step.Deposit(
            EconomyChain.reference(1),
            Names.account(person(2), Token.FLX, 0),
            Token.FLX,
            new Amount(WALLET / 2));
    Step pay =
        new Step.Withdraw(
            EconomyChain.reference(2),
            Names.account(person(2), Token.FLX, 0),
            Token.FLX,
            new Amount(WALLET / 4),
            key(notaries.get(0)));
    assertEquals(0, chain.perform(2, fund, pay));
  }

  @AfterEach
  void everythingIsAccountedFor() {
    assertEquals(List.of(), chain.faults());
    assertEquals(chain.state.root(), chain.replayed());
  }

  private Bytes32 key(PrivateKeySigner notary) {
    return Bytes32.of(notary.publicKey().bytes());
  }

  /** An attestation that was counted so long ago and holds so long, signed by some notaries. */
  private int attest(long age, long holds, long aur, int... signers) {
    ReserveAttestation stated =
        new ReserveAttestation(
            Amount.tokens(aur), chain.now - age, chain.now + 100 + holds, new Bytes32(1, 2, 3, 4));
    TreeMap<Integer, Bytes> signatures = new TreeMap<>();
    try {
      for (int signer : signers) {
        signatures.put(signer, Bytes.of(notaries.get(signer).sign(stated.encode().toArray())));
      }
    } catch (SigningException e) {
      throw new IllegalStateException(e);
    }
    return chain.perform(2, new Operation.Attest(new Attestation(stated, signatures)));
  }

  private int issue(long aur) {
    return issue(SETTLEMENT, VAULT, aur);
  }

  private int issue(Bytes32 settlement, AccountId bank, long aur) {
    Operation issue = new Operation.IssueAur(new Issue(settlement, bank, Amount.tokens(aur)));
    return chain.block(new Ask(key(notaries.get(0)), issue)).getFirst();
  }

  private int accept() {
    TransferId transit = TransferId.named("metanode aur transit " + SETTLEMENT);
    return chain.perform(
        BANK,
        new Step.Move(
            new Transfer.PostPending(
                EconomyChain.reference(7), transit, Amount.MAX, Bytes32.ZERO)));
  }

  @Test
  void aurIsMadeAgainstTheReserveAcceptedAndRedeemed() {
    assertEquals(MarketStatus.NOT_BACKED.code(), issue(1), "nothing is attested");
    assertEquals(0, attest(0, 600_000, 10, 0, 2));
    assertEquals(MarketStatus.NOT_BACKED.code(), issue(10), "the reserve must be above");
    assertEquals(0, issue(9));
    assertEquals(MarketStatus.NOT_BACKED.code(), issue(name(2), VAULT, 1), "transit counts");
    assertEquals(0, chain.available(VAULT));
    assertEquals(0, accept());
    assertEquals(Amount.tokens(9).units(), chain.available(VAULT));
    Operation redeem = new Operation.RedeemAur(new Issue(SETTLEMENT, VAULT, Amount.tokens(4)));
    assertEquals(StepStatus.NOT_OWNER.code(), chain.perform(2, redeem));
    assertEquals(0, chain.perform(BANK, redeem));
    assertEquals(TransferStatus.EXISTS.code(), chain.perform(BANK, redeem));
    assertEquals(Amount.tokens(5), chain.audit().supply(Token.AUR));
  }

  private static Bytes32 name(long number) {
    return new Bytes32(6, 6, 6, number);
  }

  @Test
  void whatTheBankDoesNotAcceptInAMinuteNeverWas() {
    assertEquals(0, attest(0, 600_000, 10, 0, 2));
    assertEquals(0, issue(9));
    chain.now += 60_000;
    assertEquals(TransferStatus.PENDING_EXPIRED.code(), accept());
    assertEquals(Amount.ZERO, chain.audit().supply(Token.AUR));
    assertEquals(0, issue(name(2), VAULT, 9), "there is room for others");
  }

  @Test
  void anAttestationNeedsItsNotariesAndItsTime() {
    assertEquals(MarketStatus.ATTESTATION_NOT_SIGNED.code(), attest(0, 1_000, 10, 1));
    assertEquals(MarketStatus.ATTESTATION_NOT_IN_FORCE.code(), attest(-1_000, 5_000, 10, 0, 1));
    assertEquals(MarketStatus.ATTESTATION_NOT_IN_FORCE.code(), attest(0, -1_000, 10, 0, 1));
    assertEquals(0, attest(0, 500, 10, 0, 1));
    assertEquals(MarketStatus.ATTESTATION_SUPERSEDED.code(), attest(10_000, 5_000, 20, 0, 1));
    chain.now += 1_000;
    assertEquals(MarketStatus.NOT_BACKED.code(), issue(1), "it expired");
  }

  @Test
  void onlyNotariesIssueAndOnlyToBanks() {
    assertEquals(0, attest(0, 600_000, 10, 0, 1));
    Operation issue = new Operation.IssueAur(new Issue(SETTLEMENT, VAULT, Amount.tokens(1)));
    assertEquals(MarketStatus.NOT_A_NOTARY.code(), chain.perform(BANK, issue));
    AccountId wallet = Names.account(person(2), Token.FLX, 0);
    assertEquals(MarketStatus.NOT_A_BANK.code(), issue(SETTLEMENT, wallet, 1));
    chain.enact(3, voter, new Change.SetBank(person(BANK), false));
    assertEquals(0, attest(0, 600_000, 10, 0, 1));
    assertEquals(MarketStatus.NOT_A_BANK.code(), issue(1), "it is frozen");
    Operation redeem = new Operation.RedeemAur(new Issue(SETTLEMENT, wallet, Amount.tokens(1)));
    assertEquals(MarketStatus.NOT_A_BANK.code(), chain.perform(2, redeem));
  }
}
