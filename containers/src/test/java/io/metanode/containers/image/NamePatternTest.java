package io.metanode.containers.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "busy*, busybox:1, true",
    "busybox, busybox:1, true",
    "busybox:1, busybox:1, true",
    "busybox:2, busybox:1, false",
    "*:1, busybox:1, true",
    "*, a/b:1, false",
    "*/*, a/b:1, true",
    "?usybox, busybox:1, true",
    "[a-c]usybox, busybox:1, true",
    "[^a-c]usybox, busybox:1, false",
    "[, busybox:1, false",
    "busy.ox, busybox:1, false"
  })
  void matchesAsGoDoes(String pattern, String name, boolean expected) throws Exception {
    assertEquals(expected, NamePattern.of(pattern).matches(ImageReference.parse(name)));
  }
}
