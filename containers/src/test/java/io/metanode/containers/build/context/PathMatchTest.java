package io.metanode.containers.build.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases are those of Go's {@code path/filepath/match_test.go}. */
class PathMatchTest {

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "*, abc, true",
    "*c, abc, true",
    "a*, a, true",
    "a*, abc, true",
    "a*, ab/c, false",
    "a*/b, abc/b, true",
    "a*/b, a/c/b, false",
    "a*b*c*d*e*/f, axbxcxdxe/f, true",
    "a*b*c*d*e*/f, axbxcxdxexxx/f, true",
    "a*b*c*d*e*/f, axbxcxdxe/xxx/f, false",
    "a*b?c*x, abxbbxdbxebxczzx, true",
    "a*b?c*x, abxbbxdbxebxczzy, false",
    "ab[c], abc, true",
    "ab[b-d], abc, true",
    "ab[e-g], abc, false",
    "ab[^c], abc, false",
    "ab[^b-d], abc, false",
    "ab[^e-g], abc, true",
    "a\\*b, a*b, true",
    "a\\*b, ab, false",
    "a?b, a\u263ab, true",
    "a[^a]b, a\u263ab, true",
    "a???b, a\u263ab, false",
    "[a-\u03b6]*, \u03b1, true",
    "*[a-\u03b6], A, false",
    "a?b, a/b, false",
    "a*b, a/b, false",
    "*x, xxx, true"
  })
  void matchesAsGo(String pattern, String path, boolean matches) {
    assertEquals(matches, PathMatch.compile(pattern).orElseThrow().matcher(path).matches());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "a[", "\\", "[z-a]"})
  void refusesMalformed(String pattern) {
    assertEquals(Optional.empty(), PathMatch.compile(pattern));
  }
}
