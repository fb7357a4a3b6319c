package io.metanode.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AccountTablePropertyTest {

  @Test
  void tableHoldsWhatMapHolds() {
    Property.check("account table", 200, gen -> run(gen, AccountTablePropertyTest::anywhere));
  }

  /** Ids that someone chose so that all belong in one place. */
  @Test
  void crowdedTableHoldsWhatMapHolds() {
    Property.check("crowded table", 200, gen -> run(gen, AccountTablePropertyTest::inOnePlace));
  }

  private interface Ids {
    AccountId id(Gen gen, int number);
  }

  private static AccountId anywhere(Gen gen, int number) {
    return new AccountId(new Bytes32(gen.nextLong(), number, gen.nextLong(), gen.nextLong()));
  }

  private static AccountId inOnePlace(Gen gen, int number) {
    long same = gen.nextLong();
    return new AccountId(new Bytes32(same, number, gen.nextLong(), same));
  }

  private static void run(Gen gen, Ids ids) {
    AccountTable<Integer> table = new AccountTable<>(gen.intBetween(0, 40));
    Map<AccountId, Integer> map = new HashMap<>();
    List<AccountId> known =
        IntStream.range(0, gen.intBetween(1, 150)).mapToObj(n -> ids.id(gen, n)).toList();
    for (int i = gen.intBetween(0, 400); i > 0; i--) {
      AccountId id = known.get(gen.intBetween(0, known.size() - 1));
      table.put(id, i);
      map.put(id, i);
      if (gen.oneIn(300)) {
        table.clear();
        map.clear();
      }
    }
    assertEquals(map.size(), table.size());
    known.forEach(id -> assertEquals(map.get(id), table.get(id)));
  }
}
