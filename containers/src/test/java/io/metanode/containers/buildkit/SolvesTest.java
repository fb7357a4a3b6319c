package io.metanode.containers.buildkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import org.junit.jupiter.api.Test;

class SolvesTest {

  private static final Actor SELF = Actor.system("test");

  private final Solves solves = new Solves();
  private final Solve solve = new Solve(SELF, SolveRequest.newBuilder().setRef("one").build());

  /** A thread that is interrupted already would fail with another error if it waited. */
  @Test
  void whatHasEndedIsNotWaitedFor() throws ApiException {
    solves.add(solve);
    assertSame(solve, solves.of("one", SELF));
    solves.remove(solve);
    Thread.currentThread().interrupt();
    try {
      ApiException gone = assertThrows(ApiException.class, () -> solves.of("one", SELF));
      assertEquals(404, gone.status());
      assertSame(solve, solves.lately("one", SELF));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void nobodyGetsAnothersBuild() throws ApiException {
    solves.add(solve);
    Actor other = Actor.system("other");
    assertEquals(404, assertThrows(ApiException.class, () -> solves.of("one", other)).status());
    assertEquals(409, assertThrows(ApiException.class, () -> solves.add(solve)).status());
  }
}
