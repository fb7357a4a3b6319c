package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(5);

  private static List<Duration> pauses(Backoff backoff, int count) {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pauses.add(backoff.next());
    }
    return pauses;
  }

  @Test
  void eachPauseIsBetweenHalfAndAllOfOneThatDoublesUpToTheCap() {
    long full = FIRST.toMillis();
    for (Duration pause : pauses(new Backoff(FIRST, MOST, new Gen(1)), 20)) {
      assertTrue(pause.toMillis() >= full / 2 && pause.toMillis() <= full, pause + " of " + full);
      full = Math.min(full * 2, MOST.toMillis());
    }
  }

  @Test
  void twoPeersDoNotKeepInStep() {
    assertNotEquals(
        pauses(new Backoff(FIRST, MOST, new Gen(1)), 5),
        pauses(new Backoff(FIRST, MOST, new Gen(2)), 5));
  }

  @Test
  void startsAnewAfterSuccess() {
    Backoff backoff = new Backoff(FIRST, MOST, new Gen(3));
    pauses(backoff, 10);
    backoff.reset();
    assertEquals(true, backoff.next().compareTo(FIRST) <= 0);
  }
}
