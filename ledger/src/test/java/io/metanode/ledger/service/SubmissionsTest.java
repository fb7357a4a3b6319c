package io.metanode.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.mempool.Admission;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubmissionsTest {

  private final Submissions submissions = new Submissions(10);

  @Test
  void answersReachWhoAsked() {
    Submissions.Request first = submissions.open(1).orElseThrow();
    Submissions.Request second = submissions.open(1).orElseThrow();
    submissions.answer(second.number(), List.of(Admission.DUPLICATE));
    assertEquals(List.of(Admission.DUPLICATE), second.answer().join());
    assertFalse(first.answer().isDone());
  }

  @Test
  void roomIsBoundedAndComesBackOnce() {
    Submissions.Request request = submissions.open(8).orElseThrow();
    assertTrue(submissions.open(3).isEmpty());
    submissions.answer(request.number(), List.of());
    submissions.answer(request.number(), List.of());
    assertTrue(submissions.open(10).isPresent());
    assertTrue(submissions.open(1).isEmpty());
  }

  @Test
  void whoWaitsAtTheEndIsTold() {
    Submissions.Request request = submissions.open(8).orElseThrow();
    submissions.fail(new IOException("stopping"));
    assertTrue(request.answer().isCompletedExceptionally());
    assertTrue(submissions.open(10).isPresent());
  }
}
