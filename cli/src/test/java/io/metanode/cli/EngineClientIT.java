package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineClientIT {

  @TempDir Path directory;

  @Test
  void bodyOfKnownLength() throws Exception {
    EngineClient.Answer answer =
        answerTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOKrest that is not the body");
    assertEquals(new EngineClient.Answer(200, "OK"), answer);
  }

  @Test
  void bodyInChunks() throws Exception {
    EngineClient.Answer answer =
        answerTo(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhällo\r\n"
                    .replace("5;x=1", "6;x=1")
                + "1\r\n!\r\n0\r\n\r\n");
    assertEquals("hällo!", answer.body());
  }

  @Test
  void bodyToTheEndOfTheConnection() throws Exception {
    assertEquals("all of it", answerTo("HTTP/1.0 500 Oh\r\n\r\nall of it").body());
  }

  @Test
  void noBodyAtAll() throws Exception {
    assertEquals(new EngineClient.Answer(204, ""), answerTo("HTTP/1.1 204 No Content\r\n\r\n"));
  }

  @Test
  void connectionClosedEarlyIsSaid() {
    IOException error = assertThrows(IOException.class, () -> answerTo("HTTP/1.1 200 OK\r\n"));
    assertTrue(String.valueOf(error.getMessage()).contains("closed early"));
  }

  @Test
  void nobodyThereIsSaidWithTheSocket() {
    Path socket = directory.resolve("none.sock");
    IOException error =
        assertThrows(IOException.class, () -> new EngineClient(socket).request("GET", "/_ping"));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(socket.toString()), message);
    assertEquals(message.indexOf("did not answer"), message.lastIndexOf("did not answer"), message);
  }

  private EngineClient.Answer answerTo(String bytes) throws Exception {
    Path socket = directory.resolve("engine.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Callable<Integer> serving =
          () -> {
            try (SocketChannel client = server.accept()) {
              client.read(ByteBuffer.allocate(4096));
              return client.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
            }
          };
      Future<Integer> served = tasks.submit(serving);
      EngineClient.Answer answer = new EngineClient(socket).request("GET", "/x");
      served.get();
      return answer;
    }
  }
}
