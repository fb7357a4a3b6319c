package io.metanode.ledger.service;

import io.metanode.ledger.block.BlockId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The heights of the last blocks, by id. Safe for use by many threads. */
final class RecentBlocks {

  private final int most;
  private final Map<BlockId, Long> heights = new LinkedHashMap<>();

  RecentBlocks(int most) {
    this.most = most;
  }

  synchronized void add(BlockId id, long height) {
    heights.put(id, height);
    if (heights.size() > most) {
      heights.remove(heights.keySet().iterator().next());
    }
  }

  synchronized Optional<Long> height(BlockId id) {
    return Optional.ofNullable(heights.get(id));
  }
}
