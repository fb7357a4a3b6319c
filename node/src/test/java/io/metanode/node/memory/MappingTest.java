package io.metanode.node.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MappingTest {

  private static Mapping only(String head, long resident, long own) {
    List<String> lines =
        List.of(
            head,
            "Size:              23192 kB",
            "Rss:               " + resident + " kB",
            "Anonymous:         " + own + " kB",
            "VmFlags: rd mr mw me ac");
    return Mapping.parse(lines).getFirst();
  }

  @Test
  void addressesPermissionsAndSizesAreRead() {
    assertEquals(
        new Mapping(0x8016a7000L, 0x1c9f000, "r--p", "/d/a file.aot", 29308, 12),
        only("8016a7000-803346000 r--p 016a7000 fe:00 2457926        /d/a file.aot", 29308, 12));
  }

  @Test
  void pagesOfAFileThatIsOnlyReadAreGivenBack() {
    assertTrue(only("1000-3000 r--p 00000000 fe:00 7   /d/metanode.aot", 8, 0).isOnlyRead());
    assertTrue(only("1000-3000 r-xp 00000000 fe:00 7   /d/lib.so", 8, 0).isOnlyRead());
  }

  @Test
  void whatWasOrCanBeWrittenStays() {
    assertFalse(only("1000-3000 rw-p 00000000 fe:00 7   /d/metanode.aot", 8, 0).isOnlyRead());
    assertFalse(only("1000-3000 r--p 00000000 fe:00 7   /d/lib.so", 8, 4).isOnlyRead());
  }

  @Test
  void theJvmsOwnCodeIsTold() {
    assertTrue(only("1000-3000 r-xp 00000000 fe:00 7   /d/lib/server/libjvm.so", 8, 0).isJvm());
    assertFalse(only("1000-3000 r-xp 00000000 fe:00 7   /d/lib/libjvm.so.aot", 8, 0).isJvm());
  }

  @Test
  void whatIsNoFileStays() {
    assertFalse(only("1000-3000 r-xp 00000000 00:00 0", 8, 0).isOnlyRead());
    assertFalse(only("1000-3000 r-xp 00000000 00:00 0    [vdso]", 8, 0).isOnlyRead());
  }
}
