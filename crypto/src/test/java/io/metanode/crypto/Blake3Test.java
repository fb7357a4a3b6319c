package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake3Test {

  /** The first two cases of the reference implementation's test_vectors.json. */
  @Test
  void hashesTheReferenceVectors() {
    assertEquals(
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        HexFormat.of().formatHex(Blake3.of(new byte[0])));
    assertEquals(
        "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
        HexFormat.of().formatHex(Blake3.of(new byte[1])));
  }
}
