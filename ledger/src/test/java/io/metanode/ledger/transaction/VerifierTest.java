package io.metanode.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.TestChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class VerifierTest {

  private final TestChain chain = new TestChain(1, 4, 1);

  private List<Transaction> transactions(int count) {
    List<Transaction> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(chain.transfer(i % 4, (i + 1) % 4, i + 1));
    }
    return made;
  }

  private Transaction forged(Transaction transaction) {
    byte[] signature = transaction.signature();
    signature[2] ^= 1;
    return transaction.draft().with(signature);
  }

  @Test
  void verdictsAreInTheOrderOfTheBatch() {
    List<Transaction> batch = transactions(100);
    batch.set(17, forged(batch.get(17)));
    batch.set(80, forged(batch.get(80)));
    Verifier verifier = new Verifier(new Ed25519Check(16), 1000, Runnable::run);
    List<Optional<VerifiedTransaction>> verdicts = verifier.verify(batch);
    for (int i = 0; i < batch.size(); i++) {
      assertEquals(i != 17 && i != 80, verdicts.get(i).isPresent());
      assertEquals(batch.get(i), verdicts.get(i).map(v -> v.transaction()).orElse(batch.get(i)));
    }
  }

  @Test
  void eachSignatureIsCheckedOnceHoweverOftenAndFromWhereItComes() {
    List<Transaction> batch = transactions(200);
    List<Transaction> thrice = new ArrayList<>(batch);
    thrice.addAll(batch);
    thrice.addAll(batch);
    Collections.sort(thrice, (x, y) -> x.id().compareTo(y.id()));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Verifier verifier = new Verifier(new Ed25519Check(16), 1000, threads);
      assertTrue(verifier.verify(thrice).stream().allMatch(Optional::isPresent));
      assertEquals(200, verifier.checks());
      batch.forEach(transaction -> assertTrue(verifier.verify(transaction).isPresent()));
      assertEquals(200, verifier.checks());
    }
  }

  @Test
  void forgedSignatureIsCheckedOnceToo() {
    Transaction forged = forged(transactions(1).getFirst());
    Verifier verifier = new Verifier(new Ed25519Check(16), 10, Runnable::run);
    assertTrue(verifier.verify(forged).isEmpty());
    assertTrue(verifier.verify(forged).isEmpty());
    assertEquals(1, verifier.checks());
  }

  @Test
  void failedCheckIsNoVerdict() {
    Transaction transaction = transactions(1).getFirst();
    boolean[] broken = {true};
    SignatureCheck check =
        _ -> {
          if (broken[0]) {
            throw new IllegalStateException("no provider");
          }
          return true;
        };
    Verifier verifier = new Verifier(check, 10, Runnable::run);
    assertThrows(RuntimeException.class, () -> verifier.verify(transaction));
    broken[0] = false;
    assertTrue(verifier.verify(transaction).isPresent());
  }

  @Test
  void cacheKeepsItsCapacityAtLeastAndTwiceThatAtMost() {
    AccountCache<Integer> cache = new AccountCache<>(10);
    for (int i = 0; i < 1000; i++) {
      cache.putIfAbsent(account(i), i);
      for (int kept = Math.max(0, i - 9); kept <= i; kept++) {
        assertEquals(kept, cache.putIfAbsent(account(kept), -1));
      }
      assertTrue(cache.size() <= 20);
    }
  }

  private static AccountId account(int number) {
    return new AccountId(new Bytes32(number, 0, 0, number));
  }
}
