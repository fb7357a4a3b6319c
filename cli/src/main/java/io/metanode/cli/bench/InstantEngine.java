package io.metanode.cli.bench;

import io.metanode.cli.Program;
import io.metanode.cli.process.DockerClient;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs nothing, and answers at once what {@code docker run --rm} asks, one run at a time: how long
 * the client takes with it is what it takes with any engine, and no engine can be quicker.
 */
final class InstantEngine implements Closeable {

  private static final String ID = "0".repeat(64);

  private final Path socket;
  private final ServerSocketChannel listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
  private volatile CountDownLatch started = new CountDownLatch(1);

  private InstantEngine(Path socket, ServerSocketChannel listening) {
    this.socket = socket;
    this.listening = listening;
  }

  static InstantEngine listen(Path socket) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    InstantEngine engine = new InstantEngine(socket, listening);
    engine.accepting.start();
    return engine;
  }

  /** The real docker client, aimed at it. */
  Program docker() {
    return DockerClient.of(socket, socket.resolveSibling("client"));
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listening.accept();
        try {
          threads.execute(() -> serve(client));
        } catch (RejectedExecutionException closing) {
          client.close();
        }
      }
    } catch (IOException closed) {
      // Then nobody is served any more.
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(client));
      OutputStream out = Channels.newOutputStream(client);
      boolean more = true;
      while (more) {
        List<String> head = head(in);
        more = !head.isEmpty() && answer(head, out);
      }
    } catch (IOException gone) {
      // So is its client.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lines of a request's head, its body passed over; none at the end. */
  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    long length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** Whether the connection can ask more. */
  private boolean answer(List<String> head, OutputStream out)
      throws IOException, InterruptedException {
    String asked = head.getFirst();
    if (asked.contains("/_ping")) {
      write(out, "200 OK", "Api-Version: 1.41", "Ostype: linux", "Content-Length: 0");
    } else if (asked.contains("/containers/create")) {
      started = new CountDownLatch(1);
      String body = "{\"Id\":\"" + ID + "\",\"Warnings\":[]}";
      write(
          out, "201 Created", "Content-Type: application/json", "Content-Length: " + body.length());
      out.write(body.getBytes(StandardCharsets.US_ASCII));
    } else if (asked.contains("/start")) {
      write(out, "204 No Content");
      started.countDown();
    } else if (asked.contains("/attach")) {
      String type = "Content-Type: application/vnd.docker.raw-stream";
      if (head.stream().anyMatch(each -> each.startsWith("Upgrade:"))) {
        write(out, "101 UPGRADED", type, "Connection: Upgrade", "Upgrade: tcp");
      } else {
        write(out, "200 OK", type, "Connection: close");
      }
      started.await();
      return false;
    } else if (asked.contains("/wait")) {
      write(out, "200 OK", "Content-Type: application/json", "Connection: close");
      started.await();
      out.write("{\"StatusCode\":0}\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    } else {
      write(out, "404 Not Found", "Content-Length: 0");
    }
    return true;
  }

  private static void write(OutputStream out, String... lines) throws IOException {
    String head = "HTTP/1.1 " + String.join("\r\n", lines) + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Nobody waits for an answer, or can connect, when this returns. */
  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
