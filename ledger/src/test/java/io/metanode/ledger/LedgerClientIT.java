package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Validators that fall silent: a client turns away from them in time. */
final class LedgerClientIT {

  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration FAR_BEYOND = Duration.ofSeconds(30);

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private LedgerClient client() {
    return new LedgerClient(URI.create("http://127.0.0.1:" + server.getLocalPort()), PATIENCE);
  }

  private static void assertTold(String word, IOException e) {
    assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
  }

  @Test
  void aValidatorThatSaysNothingIsGivenUp() {
    try (LedgerClient client = client()) {
      assertTimeoutPreemptively(
          FAR_BEYOND,
          () -> {
            assertTold(
                "did not answer", assertThrows(IOException.class, () -> client.get("/v1/status")));
            assertTold(
                "did not answer",
                assertThrows(
                    IOException.class,
                    () -> client.submit("/v1/transactions", new byte[1], PATIENCE)));
          });
    }
  }

  private void answerHalf() {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(US_ASCII));
      while (socket.getInputStream().read() >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aValidatorThatIsCutOffAmidItsAnswerIsGivenUp() {
    Thread.ofVirtual().start(this::answerHalf);
    try (LedgerClient client = client()) {
      assertTimeoutPreemptively(
          FAR_BEYOND,
          () ->
              assertTold(
                  "did not answer",
                  assertThrows(IOException.class, () -> client.get("/v1/status"))));
    }
  }

  @Test
  void aValidatorThatIsNotThereIsSaidNotToBe() throws IOException {
    server.close();
    try (LedgerClient client = client()) {
      assertTold(
          "no validator answers", assertThrows(IOException.class, () -> client.get("/v1/status")));
    }
  }
}
