package io.metanode.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.TransactionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecisionsTest {

  private final Decisions decisions = new Decisions();
  private final TransactionId a = id(1);
  private final TransactionId b = id(2);

  private static TransactionId id(long number) {
    return new TransactionId(new Bytes32(0, 0, 0, number));
  }

  @Test
  void waitEndsWithTheLastOutcome() {
    Decisions.Wait wait = decisions.await(List.of(a, b));
    decisions.decided(7, List.of(new TransactionResult(a, 0), new TransactionResult(id(9), 0)));
    assertFalse(wait.all().isDone());
    decisions.decided(8, List.of(new TransactionResult(b, 35)));
    assertTrue(wait.all().isDone());
    assertEquals(Map.of(a, new Outcome(7, 0), b, new Outcome(8, 35)), wait.outcomes());
  }

  @Test
  void manyMayWaitForOneTransaction() {
    Decisions.Wait first = decisions.await(List.of(a));
    Decisions.Wait second = decisions.await(List.of(a));
    decisions.decided(1, List.of(new TransactionResult(a, 0)));
    assertTrue(first.all().isDone());
    assertTrue(second.all().isDone());
  }

  @Test
  void whatIsHopelessIsNotWaitedFor() {
    Decisions.Wait wait = decisions.await(List.of(a, b));
    Decisions.Wait other = decisions.await(List.of(a));
    decisions.forget(wait, List.of(a));
    assertFalse(wait.all().isDone());
    decisions.decided(1, List.of(new TransactionResult(b, 0)));
    assertTrue(wait.all().isDone());
    assertFalse(other.all().isDone());
  }

  @Test
  void nothingToWaitForIsDone() {
    assertTrue(decisions.await(List.of()).all().isDone());
  }
}
