package io.metanode.containers.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecursiveReadOnlyTest {

  @ParameterizedTest
  @CsvSource({
    "4.18.0-553.el8.x86_64, false",
    "5.11.22, false",
    "5.12, true",
    "5.15.0-100-generic, true",
    "6.1.0-18-amd64, true",
    "10.0, true",
    "'', false",
    "unknown, false"
  })
  void kernelsKnowItFrom512On(String release, boolean known) {
    assertEquals(known, RecursiveReadOnly.isKnown(release));
  }
}
