package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Link;
import io.metanode.containers.runtime.StartException;
import io.metanode.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a client of an exec gets its connection, and in which form its output comes. */
final class ExecStartTest {

  private static final String TEXT = "no such program";

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Hijacked client = new Hijacked(InputStream.nullInputStream(), sent, new NoLink());

  @TempDir Path directory;
  private EngineHarness node;
  private Exec exec;

  @BeforeEach
  void open() throws Exception {
    node = new EngineHarness(directory);
    Container container = node.started("{}");
    byte[] request = "{\"Cmd\":[\"true\"],\"Tty\":true}".getBytes(StandardCharsets.UTF_8);
    ExecConfig config = new ExecConfig(Shapes.EXEC.read(Json.parse(request)));
    exec = node.engine().execs().create(EngineHarness.CLIENT, container, "c", config);
  }

  @Test
  void theConnectionIsTakenOverBeforeTheProcessBegins() throws Exception {
    int[] began = new int[1];
    start(
        false,
        () -> {
          began[0] = node.runner.execsBegun();
          return client;
        });
    assertEquals(0, began[0], "the process ran before its client was there");
    assertEquals(1, node.runner.execsBegun());
  }

  /** Its client may ask as soon as it has its connection, before the process runs. */
  @Test
  void theSizeOfATerminalWaitsForItsProcess() throws Exception {
    node.runner.execsRunOn();
    try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> asked = client.submit(this::resize);
      assertThrows(TimeoutException.class, () -> asked.get(50, TimeUnit.MILLISECONDS));
      node.engine().execs().startDetached(EngineHarness.CLIENT, exec);
      asked.get(10, TimeUnit.SECONDS);
    }
    assertEquals("30x90", node.runner.exec().size());
    node.runner.exec().end(0);
    Eventually.equal("ended", Exec.Phase.EXITED, () -> exec.progress().phase());
    ApiException refused = assertThrows(ApiException.class, this::resize);
    assertEquals("exec " + exec.id() + " is not running", refused.getMessage());
  }

  private Void resize() throws Exception {
    node.engine().execs().resize(exec, 30, 90);
    return null;
  }

  @Test
  void whyItCannotBeginIsToldInFramesUnlessTheStartSaysOtherwise() throws Exception {
    node.runner.refuse(new StartException(127, TEXT));
    start(false, () -> client);
    byte[] line = (TEXT + "\r\n").getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(Frames.frame(Frames.STDOUT, line, line.length), sent.toByteArray());
    assertEquals(127, exec.progress().exitCode());
  }

  @Test
  void orAsItIs() throws Exception {
    node.runner.refuse(new StartException(127, TEXT));
    start(true, () -> client);
    assertEquals(TEXT + "\r\n", sent.toString(StandardCharsets.UTF_8));
  }

  @Test
  void ofATerminalEachPieceIsAFrameOfStdout() throws IOException {
    Hijacked framed = ExecOutput.to(client, true, false);
    framed.output().write("xabc".getBytes(StandardCharsets.UTF_8), 1, 3);
    assertArrayEquals(
        Frames.frame(Frames.STDOUT, new byte[] {'a', 'b', 'c'}, 3), sent.toByteArray());
  }

  @Test
  void withoutOneStdoutAloneComesAsItIsHoweverItIsCut() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (Piece piece : List.of(new Piece(1, "out"), new Piece(2, "err"), new Piece(1, "more"))) {
      byte[] bytes = piece.text().getBytes(StandardCharsets.UTF_8);
      frames.write(Frames.frame(piece.stream(), bytes, bytes.length));
    }
    for (int size = 1; size <= frames.size(); size++) {
      sent.reset();
      Hijacked raw = ExecOutput.to(client, false, true);
      byte[] all = frames.toByteArray();
      for (int at = 0; at < all.length; at += size) {
        raw.output().write(all, at, Math.min(size, all.length - at));
      }
      assertEquals("outmore", sent.toString(StandardCharsets.UTF_8), "pieces of " + size);
    }
  }

  private void start(boolean raw, Takeover takeover) throws Exception {
    node.engine()
        .execs()
        .startAttached(
            EngineHarness.CLIENT,
            exec,
            DetachKeys.parse(""),
            new Execs.Screen(raw, List.of()),
            takeover);
  }

  private record Piece(int stream, String text) {}

  private record NoLink() implements Link {

    @Override
    public int read(ByteBuffer target) {
      return -1;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new IllegalStateException("nothing is written beside the output");
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
