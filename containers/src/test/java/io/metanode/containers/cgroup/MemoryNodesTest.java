package io.metanode.containers.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The kernel's list of memory nodes. */
final class MemoryNodesTest {

  @Test
  void theHighestNumberCounts() {
    assertEquals(1, MemoryNodes.count("0\n"));
    assertEquals(4, MemoryNodes.count("0-3\n"));
    assertEquals(6, MemoryNodes.count("0,2-3,5\n"));
    assertEquals(12, MemoryNodes.count("0-3,8-11\n"));
  }

  @Test
  void thisHostHasOne() {
    assertTrue(MemoryNodes.count() >= 1);
  }
}
