package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class Sha256Test {

  @Test
  void repeatedIsTheHashOfTheHash() {
    byte[] start = {1, 2, 3};
    assertArrayEquals(start, Sha256.repeated(start, 0));
    assertArrayEquals(Sha256.of(Sha256.of(Sha256.of(start))), Sha256.repeated(start, 3));
  }
}
