package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.NameFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The history of states in a container's state file, whole, torn, long, and of before. */
final class ContainerStoreTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path directory;
  private EngineHarness node;
  private Container container;
  private Path states;

  @BeforeEach
  void create() throws Exception {
    node = new EngineHarness(directory);
    container = node.create("web", "{}");
    states = directory.resolve("containers").resolve(container.id()).resolve("state.json");
  }

  private void rename(String name) throws Exception {
    node.engine().rename(EngineHarness.CLIENT, node.current(container), name);
  }

  private String nameAfterACrash() throws Exception {
    node.reopen();
    return node.current(container).state().name();
  }

  @Test
  void theLastWholeLineCounts() throws Exception {
    rename("shop");
    assertTrue(Files.readAllLines(states).size() > 1);
    Files.writeString(states, "{\"version\":1,\"name\":\"to", StandardOpenOption.APPEND);
    assertEquals("shop", nameAfterACrash());
  }

  @Test
  void aTornLineIsNotContinued() throws Exception {
    Files.writeString(states, "{\"version\":1,\"name\":\"to", StandardOpenOption.APPEND);
    rename("shop");
    for (String line : Files.readAllLines(states)) {
      assertEquals(1, MAPPER.readTree(line).path("version").asInt());
    }
    assertEquals("shop", nameAfterACrash());
  }

  @Test
  void oneStateWithoutAnEndOfLineIsOfBefore() throws Exception {
    Files.writeString(states, Files.readAllLines(states).getLast());
    assertEquals("web", nameAfterACrash());
    rename("shop");
    assertEquals("shop", nameAfterACrash());
  }

  @Test
  void theHistoryStaysBounded() throws Exception {
    for (int i = 0; i < 300; i++) {
      rename("name" + i);
      assertTrue(Files.size(states) <= 64 * 1024);
    }
    assertEquals("name299", nameAfterACrash());
  }

  @Test
  void whatIsMadeAheadIsNotThereBeforeItsTimeAndGoesWithTheEngine() throws Exception {
    for (String each : NameFiles.NAMES) {
      Path file = states.resolveSibling(each);
      assertTrue(Files.notExists(file));
      assertTrue(Files.exists(ReadyDirectories.ahead(file)));
    }
    node.kill();
    try (Stream<Path> all = Files.list(directory.resolve("containers"))) {
      assertEquals(List.of(states.getParent()), all.toList());
    }
  }

  @Test
  void aCreationThatWasCutOffIsRemoved() throws Exception {
    Files.writeString(states, "");
    node.reopen();
    assertThrows(ApiException.class, () -> node.current(container));
    assertTrue(Files.notExists(states.getParent()));
  }
}
