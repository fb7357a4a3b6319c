package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.Json;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next engine makes of the execs that a killed one had started. */
final class ExecRecoveryTest {

  private static final String EXIT = "container.exec-exit";
  private static final Outcome EXITED = new Outcome.Exited(5, false);

  @TempDir Path directory;
  private EngineHarness node;
  private Exec exec;
  private byte[] session = {};

  @BeforeEach
  void open() throws Exception {
    node = new EngineHarness(directory);
    Container container = node.started("{}");
    byte[] request = "{\"Cmd\":[\"true\"]}".getBytes(StandardCharsets.UTF_8);
    ExecConfig config = new ExecConfig(Shapes.EXEC.read(Json.parse(request)));
    exec = node.engine().execs().create(EngineHarness.CLIENT, container, "c", config);
    node.runner.execsEndWith(5);
  }

  @Test
  void anEndThatNobodySawIsReceipted() throws Exception {
    endsWhileNobodySees();
    node.reopen();
    assertEquals(List.of(EXITED), ends());
    assertForgotten();
  }

  @Test
  void anEndThatWasReceiptedBeforeItWasForgottenIsReceiptedOnce() throws Exception {
    endsJustBeforeTheKill();
    node.reopen();
    assertEquals(List.of(EXITED), ends());
    assertEquals(
        new Exec.Progress(Exec.Phase.EXITED, 0, 5),
        node.engine().execs().resolve(exec.id()).progress());
    assertTrue(node.runner.exec().released());
    assertForgotten();
  }

  @Test
  void whereTheMachineDiedToo() throws Exception {
    endsJustBeforeTheKill();
    node.runner.forget();
    node.reopen();
    assertEquals(List.of(EXITED), ends());
    assertForgotten();
  }

  @Test
  void ofWhatTheMachineLostIsReceiptedThatItIsLost() throws Exception {
    endsWhileNobodySees();
    node.runner.forget();
    node.reopen();
    node.reopen();
    assertEquals(List.of(new Outcome.Failed("nothing is left of it")), ends());
    assertForgotten();
  }

  private void endsWhileNobodySees() throws Exception {
    node.kill();
    node.engine().execs().startDetached(EngineHarness.CLIENT, exec);
    assertEquals(List.of(), ends());
  }

  /** The receipt is the last thing that the engine came to. */
  private void endsJustBeforeTheKill() throws Exception {
    node.receipts.around(() -> {}, this::keepSession);
    node.engine().execs().startDetached(EngineHarness.CLIENT, exec);
    node.kill();
    Files.write(sessionFile(), session);
    node.runner.exec().holdsAgain();
  }

  private void keepSession() {
    try {
      if (node.receipts.names().getLast().equals(EXIT)) {
        session = Files.readAllBytes(sessionFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Outcome> ends() {
    return node.receipts.steps().stream()
        .filter(step -> step.operation().equals(EXIT))
        .map(Step::outcome)
        .toList();
  }

  private void assertForgotten() throws IOException {
    assertFalse(Files.exists(sessionFile()));
  }

  private Path sessionFile() throws IOException {
    Path home = directory.resolve("containers").resolve(exec.container().id());
    return ExecFiles.of(home, exec.id()).session();
  }
}
