package io.metanode.node.duties;

import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a chain was looked at. It is written down now and then: after a crash some blocks are
 * looked at again.
 */
final class WatchedBlocks {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long OFTEN = 256;

  private final Path file;
  private final boolean fromFirst;
  private @Nullable Place place;
  private long written;

  private record Place(String chain, long next) {}

  WatchedBlocks(Path file, boolean fromFirst) {
    this.file = file;
    this.fromFirst = fromFirst;
  }

  /**
   * The first height that was not looked at.
   *
   * @param status the validator's
   */
  long next(JsonNode status) throws IOException {
    String chain = status.required("chain").asString();
    Place known = place == null ? read() : place;
    long first = Math.max(1, status.required("firstBlock").asLong());
    if (known == null || !known.chain().equals(chain)) {
      long height = status.required("height").asLong();
      known = new Place(chain, fromFirst ? first : height + 1);
    }
    known = new Place(chain, Math.max(known.next(), first));
    place = known;
    return known.next();
  }

  /** All below were looked at. */
  void looked(long next) throws IOException {
    Place known = place;
    if (known == null) {
      throw new IllegalStateException("nobody asked where to look");
    }
    place = new Place(known.chain(), Math.max(known.next(), next));
    if (next - written >= OFTEN || written == 0) {
      DurableFiles.replace(
          file,
          JSON.writeValueAsBytes(
              JSON.createObjectNode().put("chain", known.chain()).put("next", next)));
      written = next;
    }
  }

  private @Nullable Place read() throws IOException {
    if (Files.notExists(file)) {
      return null;
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return new Place(json.required("chain").asString(), json.required("next").asLong());
    } catch (JacksonException e) {
      throw new IOException(
          file + " is damaged; remove it, and receipt by hand what was paid meanwhile", e);
    }
  }
}
