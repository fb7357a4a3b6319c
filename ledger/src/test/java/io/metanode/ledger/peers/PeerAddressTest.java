package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerAddressTest {

  @Test
  void readsNamesAndAddresses() {
    assertEquals(Optional.of(new PeerAddress("a.example", 1)), PeerAddress.parse("a.example:1"));
    assertEquals(Optional.of(new PeerAddress("10.0.0.1", 9)), PeerAddress.parse("10.0.0.1:9"));
    assertEquals(Optional.of(new PeerAddress("::1", 65535)), PeerAddress.parse("[::1]:65535"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1", "a", "a:", "a:0", "a:65536", "a:-1", "::1:5", "[]:5", "a:1x"})
  void refusesAnythingElse(String text) {
    assertEquals(Optional.empty(), PeerAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example:1", "10.0.0.1:9", "[::1]:65535"})
  void writesWhatItReads(String text) {
    assertEquals(text, PeerAddress.parse(text).orElseThrow().toString());
  }
}
