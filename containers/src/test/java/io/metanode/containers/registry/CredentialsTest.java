package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CredentialsTest {

  private static Credentials read(String json) throws ApiException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Credentials.ofHeader(Optional.of(Base64.getUrlEncoder().encodeToString(bytes)));
  }

  @Test
  void readsWhatDockersClientsSend() throws Exception {
    assertEquals(Credentials.NONE, Credentials.ofHeader(Optional.empty()));
    assertEquals(Credentials.NONE, read("{}"));
    Credentials named = read("{\"username\":\"ü\",\"password\":\"p:q\",\"serveraddress\":\"x\"}");
    assertEquals(new Credentials("ü", "p:q", "", ""), named);
    assertEquals("Basic w7w6cDpx", named.basic());
    assertEquals(new Credentials("a", "b:c", "", ""), read("{\"auth\":\"YTpiOmM=\"}"));
    assertEquals("t", read("{\"identitytoken\":\"t\"}").identityToken());
  }

  @Test
  void neverShowsThePassword() throws Exception {
    assertFalse(read("{\"username\":\"a\",\"password\":\"secret\"}").toString().contains("secret"));
  }

  @Test
  void refusesWhatIsNone() {
    for (String header : new String[] {"*", "e30x", "W10x"}) {
      assertEquals(
          400,
          assertThrows(ApiException.class, () -> Credentials.ofHeader(Optional.of(header)))
              .status());
    }
  }
}
