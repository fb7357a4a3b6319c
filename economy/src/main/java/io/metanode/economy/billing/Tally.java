package io.metanode.economy.billing;

import io.metanode.crypto.CompactRange;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;

/** The sum of some records, and the tree over them, of which only its edge is kept. */
final class Tally {

  private final CompactRange tree = new CompactRange();
  private Usage usage = Usage.NONE;

  void add(UsageRecord record) {
    usage = usage.plus(record.usage());
    tree.add(record.leaf().bytes());
  }

  Usage usage() {
    return usage;
  }

  int records() {
    return Math.toIntExact(tree.size());
  }

  Bytes32 root() {
    return Bytes32.of(tree.root());
  }
}
