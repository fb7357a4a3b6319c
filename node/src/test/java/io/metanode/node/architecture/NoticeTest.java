package io.metanode.node.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The NOTICE names every third-party library of the product with its licence. */
final class NoticeTest {

  private static final Path LISTED_BY_BUILD =
      SourceTree.ROOT.resolve("node/target/third-party.txt");

  @Test
  void noticeListsTheLibrariesTheBuildFound() throws IOException {
    List<String> notice = libraries(SourceTree.ROOT.resolve("NOTICE"));
    assertFalse(notice.isEmpty());
    assertEquals(
        libraries(LISTED_BY_BUILD),
        notice,
        "replace the list in NOTICE by that in " + LISTED_BY_BUILD);
  }

  private static List<String> libraries(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("("))
        .sorted()
        .toList();
  }
}
