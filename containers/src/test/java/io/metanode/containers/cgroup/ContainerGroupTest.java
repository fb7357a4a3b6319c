package io.metanode.containers.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the groups of containers are, by what clients write. */
final class ContainerGroupTest {

  @ParameterizedTest
  @CsvSource({
    "'', own/id",
    "/, id",
    "., id",
    "/a, a/id",
    "a, a/id",
    "a/b/, a/b/id",
    "//a//./b, a/b/id",
    "x.slice, x.slice/id",
    "a b, a b/id",
    "..., .../id"
  })
  void pathsAreNormal(String parent, String path) {
    assertEquals(path, ContainerGroup.of("id", parent).path("own"));
  }

  @ParameterizedTest
  @CsvSource({"..", "/..", "a/../b", "../a", "a/.."})
  void noneLeadsUpwards(String parent) {
    assertRefused(parent, "\"..\"");
  }

  @Test
  void namesAreAsTheKernelAllows() {
    assertRefused("a\nb", "character");
    assertRefused("a\0b", "character");
    assertRefused("/" + "n".repeat(256), "255 bytes");
    assertRefused("ä".repeat(128), "255 bytes");
    assertRefused("a/".repeat(1025), "2048 bytes");
  }

  private static void assertRefused(String parent, String why) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ContainerGroup.of("id", parent));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }
}
