package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.buildkit.wire.StatusResponse;
import io.metanode.containers.buildkit.wire.Vertex;
import io.metanode.containers.http.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /build?version=2} with the context as an archive, as clients of the API ask for
 * BuildKit that have no session.
 */
final class ArchiveBuildIT extends BuildClient {

  /** The messages of a build of the context, in order. */
  private List<JsonNode> ask(String dockerfile, String query) throws Exception {
    List<JsonNode> messages = new ArrayList<>();
    for (String line : post(dockerfile, "version=2&" + query).lines().toList()) {
      messages.add(Json.MAPPER.readTree(line));
    }
    return messages;
  }

  private static List<Vertex> vertexes(List<JsonNode> messages) throws Exception {
    List<Vertex> vertexes = new ArrayList<>();
    for (JsonNode message : messages) {
      if (message.path("id").asString("").equals("moby.buildkit.trace")) {
        byte[] trace = Base64.getDecoder().decode(message.path("aux").asString());
        vertexes.addAll(StatusResponse.parseFrom(trace).getVertexesList());
      }
    }
    return vertexes;
  }

  @Test
  void isToldInBuildKitsWordsAndLeavesOutWhatIsNotNeeded() throws Exception {
    String dockerfile =
        """
        FROM bb AS unneeded
        RUN exit 9
        FROM bb
        COPY a.txt /
        RUN --mount=type=cache,target=/c test -d /c && cat a.txt > /b
        """;
    List<JsonNode> messages = ask(dockerfile, "t=two:1&buildid=one");
    JsonNode last = messages.getLast();
    assertEquals("moby.image.id", last.path("id").asString());
    assertEquals(
        fixture.docker("inspect", "-f", "{{.Id}}", "two:1"),
        last.path("aux").path("ID").asString());
    List<String> names = vertexes(messages).stream().map(Vertex::getName).distinct().toList();
    assertEquals(
        List.of(
            "[stage-1 1/3] FROM bb",
            "[stage-1 2/3] COPY a.txt /",
            "[stage-1 3/3] RUN --mount=type=cache,target=/c test -d /c && cat a.txt > /b",
            "exporting to image"),
        names);
    assertEquals("a", run("two:1", "cat /b"));
  }

  @Test
  void aStepThatFailsIsToldAndReceipted() throws Exception {
    List<JsonNode> messages = ask("FROM bb\nRUN exit 7\n", "t=two:2");
    String error = messages.getLast().path("errorDetail").path("message").asString("");
    assertTrue(error.contains("exit code: 7"), messages.toString());
    Vertex failed = vertexes(messages).getLast();
    assertTrue(failed.getError().contains("exit code: 7"), failed.getError());
    assertEquals("", fixture.docker("images", "-q", "two:2"));
    assertEquals("image.build", lastOperation());
  }
}
