package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NativeLanesTest {

  private static Optional<NativeLanes> chosen(String name, int most) {
    return NativeLanes.chosen(name, () -> most);
  }

  @Test
  void mostIsTakenUnlessSomethingElseIsAskedFor() {
    assertEquals(Optional.of(NativeLanes.AVX512), chosen("auto", 8));
    assertEquals(Optional.of(NativeLanes.AVX2), chosen("auto", 4));
    assertEquals(Optional.of(NativeLanes.SCALAR), chosen("auto", 1));
    assertEquals(Optional.of(NativeLanes.PROVIDER), chosen("auto", 0));
  }

  @Test
  void whatIsAskedForIsTakenAndNothingElse() {
    for (NativeLanes some : NativeLanes.values()) {
      assertEquals(Optional.of(some), chosen(some.toString(), 8));
    }
    assertEquals(Optional.of(NativeLanes.SCALAR), chosen("scalar", 4));
  }

  @Test
  void whatTheProcessorLacksIsNotReplaced() {
    assertEquals(Optional.empty(), chosen("avx512", 4));
    assertEquals(Optional.empty(), chosen("avx2", 1));
    assertEquals(Optional.empty(), chosen("scalar", 0));
    assertEquals(Optional.empty(), chosen("AVX2", 8));
    assertEquals(Optional.empty(), chosen("", 8));
  }

  @Test
  void providerNeedsNoNativeCodeAndDoesNotLoadIt() {
    assertEquals(
        Optional.of(NativeLanes.PROVIDER),
        NativeLanes.chosen(
            "provider",
            () -> {
              throw new AssertionError("the library is not to be asked");
            }));
  }

  @Test
  void scalarAndProviderAreEverywhereWhereTheLibraryIsBuilt() {
    assertTrue(
        NativeLanes.available().containsAll(List.of(NativeLanes.SCALAR, NativeLanes.PROVIDER)));
    assertEquals(NativeLanes.available().getFirst(), NativeLanes.inUse());
  }
}
