package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Links on the default bridge, and what is left of them when the engine comes back. */
final class LinkingTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path directory;
  private EngineHarness node;
  private Container target;
  private Container caller;

  @BeforeEach
  void link() throws Exception {
    node = new EngineHarness(directory);
    target = node.create("db", "{}");
    caller = node.create("web", "{\"Links\":[\"db:it\",\"db\",\"db:it\"]}");
  }

  private Optional<String> idOf(String name) throws ApiException {
    return node.engine().containers().find(name).map(Container::id);
  }

  private List<String> shown() throws ApiException {
    return node.engine().containers().links().shown(node.current(caller));
  }

  @Test
  void theTargetIsFoundByItsLinksAlsoAfterACrashAndByNewNames() throws Exception {
    node.reopen();
    node.engine().rename(EngineHarness.CLIENT, node.current(target), "store");
    node.engine().rename(EngineHarness.CLIENT, node.current(caller), "shop");
    assertEquals(Optional.of(target.id()), idOf("shop/it"));
    assertEquals(Optional.empty(), idOf("web/it"));
    assertEquals(List.of("/store:/shop/it", "/store:/shop/db"), shown());
  }

  @Test
  void aLinkThatWasTakenAwayStaysAway() throws Exception {
    node.engine().unlink(EngineHarness.CLIENT, "/web/it");
    node.reopen();
    assertEquals(Optional.empty(), idOf("web/it"));
    assertEquals(List.of("/db:/web/db"), shown());
  }

  @Test
  void whatThePolicyRefusesIsNotTakenAway() throws Exception {
    node.deny("container.unlink");
    ApiException refused =
        assertThrows(
            ApiException.class, () -> node.engine().unlink(EngineHarness.CLIENT, "web/it"));
    assertEquals(403, refused.status());
    assertEquals(Optional.of(target.id()), idOf("web/it"));
  }

  @Test
  void containersOfBeforeAreLinkedToWhatTheirClientSaid() throws Exception {
    node.kill();
    forgetLinks(directory.resolve("containers").resolve(caller.id()).resolve("state.json"));
    node.reopen();
    assertEquals(Optional.of(target.id()), idOf("web/it"));
  }

  private static void forgetLinks(Path file) throws IOException {
    ObjectNode state = (ObjectNode) MAPPER.readTree(Files.readAllLines(file).getLast());
    state.remove("links");
    Files.writeString(file, MAPPER.writeValueAsString(state));
  }
}
