package io.metanode.node.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of mapped files leave this process and come back as they were. */
final class FilePagesIT {

  private static final long PAGES = 1_024;
  private static final long PAGE = 4_096;

  @TempDir Path directory;

  @Test
  void pagesOfAFileThatIsOnlyReadGoAndComeBack() throws IOException {
    Path file = Files.write(directory.resolve("read"), filled((byte) 7));
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      assertEquals(7 * PAGES, sum(mapped));
      assertEquals(PAGES * PAGE / 1_024, resident(file), "touched, it is resident");
      assertTrue(FilePages.giveBack() >= PAGES * PAGE / 1_024);
      assertEquals(0, resident(file), "given back, it is not");
      assertEquals(7 * PAGES, sum(mapped), "and reads as before");
    }
  }

  @Test
  void whatWasWrittenToAPrivateMappingStays() throws IOException {
    Path file = Files.write(directory.resolve("written"), filled((byte) 7));
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(MapMode.PRIVATE, 0, channel.size(), arena);
      mapped.fill((byte) 9);
      FilePages.giveBack();
      assertEquals(9 * PAGES, sum(mapped));
    }
  }

  private static byte[] filled(byte value) {
    byte[] all = new byte[Math.toIntExact(PAGES * PAGE)];
    Arrays.fill(all, value);
    return all;
  }

  private static long sum(MemorySegment mapped) {
    long sum = 0;
    for (int page = 0; page < PAGES; page++) {
      sum += mapped.get(ValueLayout.JAVA_BYTE, page * PAGE);
    }
    return sum;
  }

  private static long resident(Path file) throws IOException {
    return Mapping.parse(Files.readAllLines(Path.of("/proc/self/smaps"))).stream()
        .filter(mapping -> mapping.path().equals(file.toString()))
        .mapToLong(Mapping::residentKilobytes)
        .sum();
  }
}
