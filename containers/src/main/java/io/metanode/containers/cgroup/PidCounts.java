package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Path;

/** Processes and threads of a group; the files are the same on both versions. */
record PidCounts(long current, long limit) {

  static final PidCounts NONE = new PidCounts(0, Long.MAX_VALUE);

  static PidCounts of(Path group) throws IOException {
    return new PidCounts(
        CgroupFile.numberOrZero(group.resolve("pids.current")),
        CgroupFile.number(group.resolve("pids.max")).orElse(Long.MAX_VALUE));
  }
}
