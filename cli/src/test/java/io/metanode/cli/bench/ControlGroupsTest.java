package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {

  @Test
  void liesInEveryHierarchyOfBothVersions() {
    List<String> mounts =
        List.of(
            "tmpfs /sys/fs/cgroup tmpfs ro 0 0",
            "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0",
            "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0",
            "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0");
    assertEquals(
        List.of(Path.of("/sys/fs/cgroup/memory/peer"), Path.of("/sys/fs/cgroup/unified/peer")),
        new ControlGroups("peer").under(mounts));
  }
}
