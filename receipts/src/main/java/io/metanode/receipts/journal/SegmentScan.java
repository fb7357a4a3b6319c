package io.metanode.receipts.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stands in a segment.
 *
 * @param groups its groups from the start, up to the first place where none is
 * @param end where the last of them ends
 * @param dirt where the first byte that is not zero stands after that, if any does
 * @param stray a sound group beyond the place where the groups end: that place was durable, so it
 *     is damage and not an interrupted write
 */
public record SegmentScan(List<Group> groups, int end, OptionalInt dirt, Optional<Group> stray) {

  public SegmentScan {
    groups = List.copyOf(groups);
  }

  /** Reads the bytes of a segment. */
  public static SegmentScan of(byte[] bytes) {
    ByteBuffer segment = ByteBuffer.wrap(bytes);
    List<Group> groups = new ArrayList<>();
    int end = 0;
    Optional<Group> group = Group.at(segment, end);
    while (group.isPresent()) {
      groups.add(group.get());
      end = group.get().end();
      group = Group.at(segment, end);
    }
    OptionalInt dirt = firstNonZero(bytes, end);
    return new SegmentScan(
        groups, end, dirt, dirt.isPresent() ? stray(segment, end) : Optional.empty());
  }

  private static OptionalInt firstNonZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Optional<Group> stray(ByteBuffer segment, int from) {
    for (int start = from + Group.PAGE; start < segment.limit(); start += Group.PAGE) {
      Optional<Group> group = Group.at(segment, start);
      if (group.isPresent()) {
        return group;
      }
    }
    return Optional.empty();
  }
}
