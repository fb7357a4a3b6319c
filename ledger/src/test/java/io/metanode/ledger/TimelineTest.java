package io.metanode.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TimelineTest {

  @Test
  void longestGapIsTheLongestRunOfEmptySlots() {
    Timeline timeline = new Timeline(3_000);
    timeline.add(0, 5);
    timeline.add(450, 5);
    timeline.add(1_900, 5);
    assertEquals(300, timeline.longestGap(0, 1_000 - 500));
    assertEquals(1_400, timeline.longestGap(0, 3_000));
    assertEquals(1_000, timeline.longestGap(1_950, 3_050));
  }

  @Test
  void aRateIsBackWhenASecondOfItBegins() {
    Timeline timeline = new Timeline(4_000);
    for (int at = 2_000; at < 4_000; at += 100) {
      timeline.add(at, 10);
    }
    assertEquals(1_500, timeline.until(50, 0));
    assertEquals(-1, timeline.until(101, 0));
    assertEquals(100, timeline.rate(2_000, 4_000));
  }
}
