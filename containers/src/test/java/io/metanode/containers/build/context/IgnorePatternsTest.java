package io.metanode.containers.build.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnorePatternsTest {

  @ParameterizedTest
  @CsvSource({
    "foo, foo, true",
    "foo, foo/bar, true",
    "foo, a/foo, false",
    "/foo, foo, true",
    "foo/, foo/x, true",
    "./foo, foo, true",
    "a/../foo, foo, true",
    "*.md, a.md, true",
    "*.md, d/a.md, false",
    "*/*.md, d/a.md, true",
    "*/temp*, somedir/temporary.txt, true",
    "*/*/temp*, somedir/subdir/temporary.txt, true",
    "temp?, tempa, true",
    "temp?, temp, false",
    "**, anything/at/all, true",
    "**/*.go, a.go, true",
    "**/*.go, a/b/c.go, true",
    "**/foo, a/foo/b, true",
    "a/**, a/b/c, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a/**/z, a/bz, false",
    "a**b, axx/yyb, true",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "[^a-c]x, dx, true",
    "\\*x, *x, true",
    "\\*x, ax, false",
    "a.b, axb, false",
    "a$, a$, true",
    "(a), (a), true"
  })
  void matchesAsDocker(String pattern, String path, boolean excluded) throws Exception {
    assertEquals(excluded, IgnorePatterns.parse(pattern).excludes(path));
  }

  @Test
  void theLastThatMatchesDecides() throws Exception {
    IgnorePatterns patterns = IgnorePatterns.parse("*.md\n!README*.md\nREADME-secret.md\n");
    assertTrue(patterns.excludes("a.md"));
    assertFalse(patterns.excludes("README.md"));
    assertTrue(patterns.excludes("README-secret.md"));
  }

  @Test
  void takesBackWithinADirectory() throws Exception {
    IgnorePatterns patterns = IgnorePatterns.parse("dir\n!dir/keep\n");
    assertTrue(patterns.excludes("dir/a"));
    assertFalse(patterns.excludes("dir/keep"));
    assertFalse(patterns.excludes("dir/keep/b"));
  }

  @Test
  void commentsBlanksAndTheByteOrderMarkAreNoPatterns() throws Exception {
    IgnorePatterns patterns = IgnorePatterns.parse("\uFEFFa\r\n# b\n\n   c   \n");
    assertTrue(patterns.excludes("a"));
    assertFalse(patterns.excludes("# b"));
    assertTrue(patterns.excludes("c"));
    assertTrue(IgnorePatterns.parse("#x\n").isEmpty());
  }

  @Test
  void refusesMalformedPatterns() {
    assertThrows(ApiException.class, () -> IgnorePatterns.parse("a[b"));
    assertThrows(ApiException.class, () -> IgnorePatterns.parse("!"));
  }
}
