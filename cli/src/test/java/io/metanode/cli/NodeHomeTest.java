package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeHomeTest {

  private static final Path USER = Path.of("/home/ada");

  @Test
  void rootLivesInVarLib() {
    NodeHome home = NodeHome.of(Map.of(), true, USER);
    assertEquals(Path.of("/var/lib/metanode"), home.directory());
    assertTrue(home.runDirectory().startsWith("/run/metanode"));
  }

  @Test
  void othersLiveInTheirHome() {
    NodeHome home = NodeHome.of(Map.of(), false, USER);
    assertEquals(Path.of("/home/ada/.metanode"), home.directory());
    assertEquals(Path.of("/home/ada/.metanode/run"), home.runDirectory());
  }

  @Test
  void environmentNamesAnother() {
    NodeHome home = NodeHome.of(Map.of("METANODE_HOME", "/srv/../srv/node"), true, USER);
    assertEquals(Path.of("/srv/node"), home.directory());
  }

  @Test
  void emptyNameIsNoName() {
    NodeHome home = NodeHome.of(Map.of("METANODE_HOME", ""), true, USER);
    assertEquals(Path.of("/var/lib/metanode"), home.directory());
  }

  @Test
  void runDirectoriesOfTwoHomesDiffer() {
    NodeHome one = NodeHome.of(Map.of("METANODE_HOME", "/srv/one"), true, USER);
    NodeHome two = NodeHome.of(Map.of("METANODE_HOME", "/srv/two"), true, USER);
    assertNotEquals(one.runDirectory(), two.runDirectory());
  }

  @Test
  void usersRunDirectoryIsTheSessions() {
    NodeHome home = NodeHome.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), false, USER);
    assertTrue(home.runDirectory().startsWith("/run/user/7/metanode"));
  }
}
