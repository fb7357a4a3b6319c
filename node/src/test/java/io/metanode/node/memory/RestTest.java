package io.metanode.node.memory;

import static io.metanode.node.memory.Rest.Due.FILE_PAGES;
import static io.metanode.node.memory.Rest.Due.GARBAGE_AND_FILE_PAGES;
import static io.metanode.node.memory.Rest.Due.NOTHING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RestTest {

  private static List<Rest.Due> after(long... receipts) {
    Rest rest = new Rest(0);
    return LongStream.of(receipts).mapToObj(rest::after).toList();
  }

  @Test
  void garbageIsCollectedOnceARestAndPagesGoAgainAndAgain() {
    assertEquals(
        List.of(
            NOTHING,
            GARBAGE_AND_FILE_PAGES,
            NOTHING,
            NOTHING,
            FILE_PAGES,
            NOTHING,
            NOTHING,
            FILE_PAGES),
        after(0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void whoWorksGivesNothingBack() {
    assertEquals(List.of(NOTHING, NOTHING, NOTHING), after(5, 10, 15));
  }

  @Test
  void workEndsARest() {
    assertEquals(
        List.of(NOTHING, GARBAGE_AND_FILE_PAGES, NOTHING, NOTHING, GARBAGE_AND_FILE_PAGES),
        after(0, 0, 50, 50, 50));
  }

  @Test
  void healthChecksDoNotEndARest() {
    assertEquals(
        List.of(NOTHING, GARBAGE_AND_FILE_PAGES, NOTHING, NOTHING, FILE_PAGES),
        after(2, 4, 8, 12, 14));
  }
}
