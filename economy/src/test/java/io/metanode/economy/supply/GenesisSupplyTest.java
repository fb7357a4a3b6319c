package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import org.junit.jupiter.api.Test;

class GenesisSupplyTest {

  private final Network network = new Network();

  @Test
  void suppliesOfTheNetworksFirstMoment() {
    assertEquals(Amount.tokens(100_000).units(), network.supply(Token.GEN));
    assertEquals(Amount.tokens(300_000).units(), network.supply(Token.NEX));
    assertEquals(Amount.tokens(500_000).units(), network.supply(Token.FLX));
    assertEquals(0, network.supply(Token.AUR));
    assertEquals(Amount.tokens(60_000), network.available(Purse.TREASURY, Token.GEN));
    assertEquals(Amount.tokens(200_000), network.available(Purse.MINING, Token.NEX));
    assertEquals(Amount.tokens(50_000), network.available(Purse.FAUCET, Token.FLX));
    network.audit();
  }

  @Test
  void founderWaitsSixMonths() {
    long free = Network.GENESIS + GenesisSupply.FOUNDER_LOCK_MILLIS;
    assertEquals(
        TransferStatus.DEBIT_ACCOUNT_LOCKED,
        network
            .move(
                Purse.FOUNDER.of(Token.GEN),
                Purse.TREASURY.of(Token.GEN),
                Token.GEN,
                Amount.tokens(1),
                free - 1)
            .status());
    assertEquals(
        TransferStatus.OK,
        network
            .move(
                Purse.FOUNDER.of(Token.GEN),
                Purse.TREASURY.of(Token.GEN),
                Token.GEN,
                Amount.tokens(20_000),
                free)
            .status());
    network.audit();
  }

  @Test
  void genIsFixedForEver() {
    assertEquals(
        TransferStatus.DEBIT_ACCOUNT_FROZEN,
        network
            .move(
                Purse.ISSUE.of(Token.GEN),
                Purse.TREASURY.of(Token.GEN),
                Token.GEN,
                new Amount(1),
                Network.GENESIS)
            .status());
  }

  @Test
  void noMoreIsDestroyedThanWasMade() {
    Amount all = Amount.tokens(300_000);
    network.move(
        Purse.ISSUE.of(Token.NEX), Network.TENANT, Token.NEX, new Amount(5), Network.GENESIS);
    assertEquals(
        TransferStatus.EXCEEDS_CREDITS,
        network
            .move(Network.TENANT, Purse.ISSUE.of(Token.NEX), Token.NEX, all, Network.GENESIS)
            .status());
    assertEquals(all.units() + 5, network.supply(Token.NEX));
  }

  @Test
  void thereIsOneGenesis() {
    assertThrows(
        IllegalStateException.class, () -> GenesisSupply.create(network.ledger, Network.GENESIS));
  }
}
