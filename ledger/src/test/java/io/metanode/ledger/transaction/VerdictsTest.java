package io.metanode.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictsTest {

  private static TransactionId id(Gen gen) {
    return new TransactionId(Bytes32.of(gen.bytes(32)));
  }

  @Test
  void keepsTheLastOnesButForOneInAHundred() {
    int capacity = 10_000;
    Verdicts verdicts = new Verdicts(capacity);
    Gen gen = new Gen(7);
    List<TransactionId> ids = new ArrayList<>();
    for (int i = 0; i < 5 * capacity; i++) {
      ids.add(id(gen));
      assertNull(verdicts.get(ids.get(i)));
      verdicts.put(ids.get(i), i % 3 == 0);
    }
    int kept = 0;
    for (int i = 4 * capacity; i < 5 * capacity; i++) {
      Boolean verdict = verdicts.get(ids.get(i));
      if (verdict != null) {
        kept++;
        assertEquals(i % 3 == 0, verdict);
      }
    }
    assertTrue(kept > capacity * 99 / 100, "kept " + kept);
    long remembered = ids.stream().filter(id -> verdicts.get(id) != null).count();
    assertTrue(remembered < 4L * capacity, "kept " + remembered);
  }

  @Test
  void idsGroundForOneSetMakeItForgetNoOther() {
    Verdicts verdicts = new Verdicts(1_000);
    TransactionId other = new TransactionId(new Bytes32(1, 1, 1, 0));
    verdicts.put(other, true);
    for (long i = 1; i < 10_000; i++) {
      verdicts.put(new TransactionId(new Bytes32(2, i, i, 0)), false);
    }
    assertEquals(true, verdicts.get(other));
    assertEquals(false, verdicts.get(new TransactionId(new Bytes32(2, 9_999, 9_999, 0))));
    assertNull(verdicts.get(new TransactionId(new Bytes32(2, 1, 1, 0))));
  }

  @Test
  void idsThatDifferInOnePartAreTwo() {
    Verdicts verdicts = new Verdicts(1);
    verdicts.put(new TransactionId(new Bytes32(5, 6, 7, 8)), true);
    assertNotNull(verdicts.get(new TransactionId(new Bytes32(5, 6, 7, 8))));
    assertNull(verdicts.get(new TransactionId(new Bytes32(4, 6, 7, 8))));
    assertNull(verdicts.get(new TransactionId(new Bytes32(5, 5, 7, 8))));
    assertNull(verdicts.get(new TransactionId(new Bytes32(5, 6, 6, 8))));
    assertNull(verdicts.get(new TransactionId(new Bytes32(5, 6, 7, 9))));
    assertNull(verdicts.get(new TransactionId(Bytes32.ZERO)));
  }

  @Test
  void nothingIsForgottenWhileItGrows() {
    Verdicts verdicts = new Verdicts(100_000);
    Gen gen = new Gen(8);
    List<TransactionId> ids = new ArrayList<>();
    int forgotten = 0;
    for (int i = 0; i < 50_000; i++) {
      ids.add(id(gen));
      verdicts.put(ids.get(i), i % 3 == 0);
      if (Integer.bitCount(i) == 1) {
        for (int known = 0; known <= i; known++) {
          Boolean verdict = verdicts.get(ids.get(known));
          forgotten += verdict == null ? 1 : 0;
          assertTrue(verdict == null || verdict == (known % 3 == 0));
        }
        assertTrue(forgotten <= i / 100, forgotten + " of " + i);
        forgotten = 0;
      }
    }
  }
}
