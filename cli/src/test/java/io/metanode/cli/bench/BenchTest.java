package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.cli.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTest {

  @TempDir Path parent;

  private final List<String> closed = new ArrayList<>();

  private Bench bench() throws IOException {
    Bench bench = Bench.of(ScratchFolder.in(parent, "bench"));
    bench.with(() -> closed.add("first"));
    bench.with(() -> closed.add("second"));
    return bench;
  }

  private void assertAllClosed(Bench bench) {
    assertEquals(List.of("second", "first"), closed);
    assertFalse(Files.exists(bench.directory()));
  }

  @Test
  void partsAreClosedOnceAndTheLastFirst() throws IOException {
    Bench bench = bench();
    bench.close();
    bench.close();
    assertAllClosed(bench);
  }

  @Test
  void whatWasClosedAloneIsNotClosedAgain() throws IOException {
    Bench bench = bench();
    bench.closeLast();
    bench.close();
    assertAllClosed(bench);
  }

  @Test
  void whatCannotBeClosedLeavesNothingElseBehind() throws IOException {
    Bench bench = bench();
    bench.with(
        () -> {
          throw new IOException("it hangs");
        });
    assertThrows(IOException.class, bench::close);
    assertAllClosed(bench);
  }
}
