package io.metanode.containers.spec;

import java.util.List;

/** Who a process runs as; {@code additionalGids} without {@code gid}. */
public record UserIds(int uid, int gid, List<Integer> additionalGids) {

  public static final UserIds ROOT = new UserIds(0, 0, List.of());

  public UserIds {
    additionalGids = List.copyOf(additionalGids);
  }
}
