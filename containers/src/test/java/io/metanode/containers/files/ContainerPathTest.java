package io.metanode.containers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /, /",
    "., /., .",
    "./, /., .",
    "/., /., .",
    "/./, /., .",
    "./a, /a, a",
    "/./a/, /a/, a",
    "a/../b/., /b/., .",
    "../../b, /b, b"
  })
  void dotsAtTheRootAskForWhatIsInIt(String written, String text, String base) {
    ContainerPath path = ContainerPath.of(written);
    assertEquals(text, path.text());
    assertEquals(base, path.base());
  }
}
