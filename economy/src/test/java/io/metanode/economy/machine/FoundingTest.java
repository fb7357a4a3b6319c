package io.metanode.economy.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.EconomyModule;
import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.EntryKey;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first block of a ledger with an economy, and what an audit finds if a state is forged. */
class FoundingTest {

  private static final long UNIT = Amount.UNITS;

  private final EconomyChain chain = new EconomyChain(2);

  @Test
  void whatWalletsHoldComesOutOfPurses() {
    long wallets = 2 * EconomyChain.WALLET;
    assertEquals(11 * EconomyChain.WALLET, chain.available(Purse.WALLETS.of(Token.GEN)));
    for (Token token : List.of(Token.NEX, Token.FLX)) {
      assertEquals(wallets, chain.available(Purse.WALLETS.of(token)));
    }
    assertEquals(0, chain.available(Purse.WALLETS.of(Token.AUR)));
    assertEquals(
        60_000 * UNIT - 11 * EconomyChain.WALLET, chain.available(Purse.TREASURY.of(Token.GEN)));
    assertEquals(40_000 * UNIT - wallets, chain.available(Purse.GRANTS.of(Token.NEX)));
    assertEquals(300_000 * UNIT - wallets, chain.available(Purse.CIRCULATION.of(Token.FLX)));
    assertEquals(List.of(), chain.faults());
  }

  @Test
  void theFoundersLockBeginsWithTheFirstBlock() {
    Account founder = chain.account(Purse.FOUNDER.of(Token.GEN));
    assertEquals(EconomyChain.START + 100, founder.opened());
    assertEquals(
        EconomyChain.START + 100 + 182 * 86_400_000L + 43_200_000, founder.terms().lockedUntil());
  }

  @Test
  void anEmptyBlockChangesNothing() {
    Bytes32 before = chain.state.root();
    chain.block();
    assertEquals(before, chain.state.root());
  }

  @Test
  void aGenesisMayGiveWhatThereIsForWallets() {
    EconomyModule module = new EconomyModule();
    List<Long> most = List.of(60_000 * UNIT, 40_000 * UNIT, 350_000 * UNIT, 0L);
    assertEquals(java.util.Optional.empty(), module.genesisFault(most));
    for (int i = 0; i < 4; i++) {
      List<Long> more = new java.util.ArrayList<>(most);
      more.set(i, most.get(i) + 1);
      String fault = module.genesisFault(more).orElseThrow();
      assertTrue(fault.contains(Token.ofCode(i).orElseThrow().name()), fault);
    }
  }

  private void forge(Account account) {
    EntryKey key = account.key();
    chain.forge(key.space(), key.id(), account.encode());
  }

  @Test
  void anAuditFindsAWalletThatTheControlAccountDoesNotKnow() {
    Account control = chain.account(Purse.WALLETS.of(Token.FLX));
    Account treasury = chain.account(Purse.TREASURY.of(Token.FLX));
    forge(new Account(control.terms(), control.opened(), 0, treasury.balance()));
    String faults = chain.faults().toString();
    assertTrue(
        faults.contains("wallets hold 2000.000000000 FLX, the control account says 0"), faults);
  }

  @Test
  void anAuditFindsAnAccountThatIsNobodys() {
    AccountId id = AccountId.named("nobody's");
    forge(
        new Account(
            io.metanode.economy.accounts.AccountTerms.wallet(id, Token.NEX, 2),
            1,
            0,
            io.metanode.economy.accounts.Balance.ZERO));
    assertEquals(List.of(id + " is nobody's"), chain.faults());
  }

  @Test
  void anAuditFindsAValueThatIsNotAtItsKey() {
    Owner owner = new Owner(Purse.FEES.of(Token.FLX), EconomyChain.person(1));
    chain.forge(24, new Bytes32(1, 1, 1, 1), owner.encode());
    String faults = chain.faults().toString();
    assertTrue(faults.contains("not at its key"), faults);
    assertTrue(faults.contains("is a purse with an owner"), faults);
  }

  @Test
  void anAuditFindsWhatIsNoValue() {
    chain.forge(24, new Bytes32(1, 1, 1, 1), Bytes.of((byte) 24, (byte) 1));
    String faults = chain.faults().toString();
    assertTrue(faults.contains("what is no value of the economy"), faults);
  }
}
