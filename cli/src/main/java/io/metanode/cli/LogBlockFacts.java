package io.metanode.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node says of how its receipts become final, in {@code logblocks/status.json}.
 *
 * @param api the URL of the validator that it asks
 * @param chain the chain's tag; empty if the validator never answered
 * @param problem what keeps receipts from becoming final; empty if nothing does
 */
public record LogBlockFacts(String api, String chain, String problem) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Where they are, in the directory of LogBlocks. */
  public static Path file(Path directory) {
    return directory.resolve("status.json");
  }

  /** What the node of a home says; empty if it makes no LogBlocks. */
  public static Optional<LogBlockFacts> of(NodeHome home) throws IOException {
    Path file = file(home.logBlocksDirectory());
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new LogBlockFacts(
              json.required("api").asString(),
              json.required("chain").asString(),
              json.required("problem").asString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes the file whole or not at all. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        draft,
        JSON.writeValueAsString(
            JSON.createObjectNode().put("api", api).put("chain", chain).put("problem", problem)));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
