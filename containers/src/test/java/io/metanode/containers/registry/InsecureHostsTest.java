package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InsecureHostsTest {

  @Test
  void loopbackAlwaysIs() {
    InsecureHosts none = new InsecureHosts(List.of());
    for (String host :
        List.of("localhost", "localhost:5000", "127.0.0.1:5000", "127.9.9.9", "[::1]:5000")) {
      assertTrue(none.contains(host), host);
    }
    for (String host :
        List.of("example.com", "localhost.example.com", "10.0.0.1:5000", "128.0.0.1")) {
      assertFalse(none.contains(host), host);
    }
  }

  @Test
  void hostsAndNetworksAsConfigured() {
    InsecureHosts some =
        new InsecureHosts(List.of("r.example:5000", "any.example", "10.1.0.0/17", "fd00::/8"));
    for (String host :
        List.of(
            "r.example:5000", "any.example", "any.example:1", "10.1.127.1:5000", "[fd12::1]:80")) {
      assertTrue(some.contains(host), host);
    }
    for (String host :
        List.of("r.example", "r.example:5001", "10.1.128.1", "10.2.0.1", "[fe80::1]:80")) {
      assertFalse(some.contains(host), host);
    }
  }

  @Test
  void whatIsNeitherIsRefused() {
    for (String entry : List.of("a", "a.b:80", "10.0.0.0/8", "[::1]:5000", "::/0")) {
      assertDoesNotThrow(() -> InsecureHosts.require(entry), entry);
    }
    for (String entry : List.of("", "http://a", "10.0.0.0/33", "a.b/8", "10.0.0.0/", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> InsecureHosts.require(entry), entry);
    }
  }
}
