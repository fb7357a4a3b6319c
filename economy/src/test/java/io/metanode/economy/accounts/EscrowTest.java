package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.Fixture.ALICE;
import static io.metanode.economy.accounts.Fixture.BOB;
import static io.metanode.economy.accounts.Fixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EscrowTest {

  private static final Escrow ESCROW =
      new Escrow(AccountId.named("escrow"), ALICE, BOB, Token.NEX, 9);

  private final Fixture f = new Fixture();

  @BeforeEach
  void holdEighty() {
    f.open(ESCROW.account());
    apply(TransferStatus.OK, ESCROW.hold(new Amount(80), 60), NOW);
  }

  private void apply(TransferStatus last, List<Transfer> batch, long now) {
    assertEquals(last, f.ledger.applyAll(batch, now).getLast().status());
    assertEquals(List.of(), LedgerAudit.of(f.state).faults());
  }

  @Test
  void verdictSplitsIt() {
    apply(TransferStatus.OK, ESCROW.take(), NOW);
    f.expectBalance(ESCROW.id(), 0, 80, 0, 0);
    apply(TransferStatus.OK, ESCROW.settle(new Amount(50)), NOW);
    f.expectBalance(ESCROW.id(), 80, 80, 0, 0);
    f.expectBalance(ALICE, 80, 130, 0, 0);
    f.expectBalance(BOB, 0, 50, 0, 0);
    assertEquals(AccountStatus.OK, f.ledger.close(ESCROW.id()));
  }

  @Test
  void allToOneParty() {
    apply(TransferStatus.OK, ESCROW.take(), NOW);
    apply(TransferStatus.OK, ESCROW.settle(Amount.ZERO), NOW);
    f.expectBalance(ALICE, 80, 180, 0, 0);
  }

  @Test
  void nothingIsSettledTwiceOrBeyondWhatThereIs() {
    apply(TransferStatus.BATCH_FAILED, ESCROW.settle(new Amount(50)), NOW);
    apply(TransferStatus.OK, ESCROW.take(), NOW);
    apply(TransferStatus.BATCH_FAILED, ESCROW.settle(new Amount(81)), NOW);
    apply(TransferStatus.OK, ESCROW.settle(new Amount(80)), NOW);
    apply(TransferStatus.BATCH_FAILED, ESCROW.settle(new Amount(50)), NOW);
    apply(TransferStatus.EXISTS, ESCROW.settle(Amount.ZERO), NOW);
    apply(TransferStatus.EXISTS, ESCROW.take(), NOW);
  }

  @Test
  void releasedOrExpiredGoesBack() {
    f.ledger.expire(NOW + 60_000, 10);
    apply(TransferStatus.PENDING_EXPIRED, ESCROW.take(), NOW + 60_000);
    f.expectBalance(ALICE, 0, 100, 0, 0);
  }

  @Test
  void releasedIsNotTaken() {
    apply(TransferStatus.OK, ESCROW.release(), NOW);
    apply(TransferStatus.EXISTS_WITH_DIFFERENT_KIND, ESCROW.take(), NOW);
    f.expectBalance(ALICE, 0, 100, 0, 0);
  }
}
