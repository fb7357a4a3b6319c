package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class RegistrySessionTest {

  private static void lead(String from, String to, boolean insecure) throws RegistryException {
    RegistrySession.requireAsSafe(URI.create(from), URI.create(to), insecure);
  }

  @Test
  void nothingLeadsFromHttpsToHttp() {
    String secure = "https://registry.example/";
    RegistryException refused =
        assertThrows(
            RegistryException.class, () -> lead(secure, "HTTP://other.example/x?token=t", false));
    assertFalse(String.valueOf(refused.getMessage()).contains("token"), "it may go into receipts");
    assertDoesNotThrow(() -> lead(secure, "http://other.example/x", true));
    assertDoesNotThrow(() -> lead(secure, "https://other.example/x", false));
    assertDoesNotThrow(() -> lead("http://registry.example/", "http://other.example/x", false));
  }
}
