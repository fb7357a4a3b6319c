package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentAccountsPropertyTest {

  private static final int FUNDED = 6;
  private static final int ACCOUNTS = 9;

  /** Whatever was read before, of whichever block, and whatever blocks were applied since. */
  @Test
  void recentAccountsAreThoseOfTheState() {
    Property.check("recent accounts", 20, RecentAccountsPropertyTest::run);
  }

  private static void run(Gen gen) {
    TestChain chain = new TestChain(gen.intBetween(1, 1_000_000), FUNDED, 1);
    RecentAccounts recent = new RecentAccounts();
    List<LedgerState> past = new ArrayList<>();
    for (int height = 1; height <= 12; height++) {
      past.add(chain.ledger);
      agree(chain, gen, recent, past.get(gen.intBetween(0, past.size() - 1)));
      agree(chain, gen, recent, chain.ledger);
      LedgerState before = chain.ledger;
      Block block = chain.block(transactions(chain, gen));
      LedgerState after = before.apply(chain.machine, block, recent).after();
      agree(chain, gen, recent, after);
      assertEquals(
          after.state().root(),
          before.apply(chain.machine, block, new RecentAccounts()).after().state().root());
      chain.apply(block);
    }
  }

  /** Some of them ask for more than there is. */
  private static List<Transaction> transactions(TestChain chain, Gen gen) {
    List<Transaction> transactions = new ArrayList<>();
    for (int i = gen.intBetween(0, 6); i > 0; i--) {
      AccountId to = account(chain, gen.intBetween(0, ACCOUNTS - 1));
      Operation pay = new Operation.Transfer(Asset.NEX, to, gen.intBetween(0, 1_500_000));
      transactions.add(chain.next(gen.intBetween(0, FUNDED - 1), pay));
    }
    return transactions;
  }

  /** The last ones are not in the genesis. */
  private static AccountId account(TestChain chain, int number) {
    return number < FUNDED
        ? chain.account(number)
        : new AccountId(new Bytes32(number, number, number, number));
  }

  private static void agree(TestChain chain, Gen gen, RecentAccounts recent, LedgerState at) {
    for (int i = 0; i < ACCOUNTS; i++) {
      if (gen.bool()) {
        AccountId id = account(chain, i);
        assertEquals(AccountRead.of(id, at.state()), recent.of(at.state()).account(id));
      }
    }
  }
}
