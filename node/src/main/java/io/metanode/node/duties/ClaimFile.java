package io.metanode.node.duties;

import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The claim that is under way, and which LogBlocks are done with. Durable before it is used. */
final class ClaimFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HexFormat HEX = HexFormat.of();

  private final Path file;
  private String chain;
  private long from;
  private Optional<Claim> begun;

  /**
   * A claim as it was signed.
   *
   * @param window its begin, in milliseconds
   * @param first the first LogBlock that it cites
   * @param since when it was begun; its receipt is later
   * @param transaction what is submitted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Claim(long window, long first, int count, Instant since, byte[] transaction) {}

  private ClaimFile(Path file, String chain, long from, Optional<Claim> begun) {
    this.file = file;
    this.chain = chain;
    this.from = from;
    this.begun = begun;
  }

  static ClaimFile open(Path directory) throws IOException {
    Path file = Files.createDirectories(directory).resolve("claims.json");
    if (Files.notExists(file)) {
      return new ClaimFile(file, "", 0, Optional.empty());
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return new ClaimFile(
          file,
          json.required("chain").asString(),
          json.required("from").asLong(),
          json.optional("claim").map(ClaimFile::claim));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          file + " is damaged: remove it; no window is paid twice, but one may be refused again",
          e);
    }
  }

  private static Claim claim(JsonNode json) {
    return new Claim(
        json.required("window").asLong(),
        json.required("first").asLong(),
        json.required("count").asInt(),
        Instant.parse(json.required("since").asString()),
        HEX.parseHex(json.required("transaction").asString()));
  }

  /** The claim that is under way on a chain. */
  Optional<Claim> begun(String on) {
    return chain.equals(on) ? begun : Optional.empty();
  }

  /** LogBlocks before it are done with on a chain. */
  long from(String on) {
    return chain.equals(on) ? from : 0;
  }

  /** LogBlocks before {@code next} are done with; that need not outlast a crash. */
  void reached(String on, long next) {
    if (!chain.equals(on)) {
      chain = on;
      begun = Optional.empty();
      from = 0;
    }
    from = Math.max(from, next);
  }

  /** LogBlocks before {@code next} are not to be claimed. */
  void passOver(long next) throws IOException {
    from = Math.max(from, next);
    write();
  }

  void begin(String on, Claim claim) throws IOException {
    reached(on, claim.first());
    begun = Optional.of(claim);
    write();
  }

  /** The claim was paid or refused, and that is receipted. */
  void end(Claim claim) throws IOException {
    from = Math.max(from, claim.first() + claim.count());
    giveUp();
  }

  /** Nothing is under way any more; what the claim was for may be claimed anew. */
  void giveUp() throws IOException {
    begun = Optional.empty();
    write();
  }

  private void write() throws IOException {
    ObjectNode json = JSON.createObjectNode().put("chain", chain).put("from", from);
    begun.ifPresent(
        claim ->
            json.putObject("claim")
                .put("window", claim.window())
                .put("first", claim.first())
                .put("count", claim.count())
                .put("since", claim.since().toString())
                .put("transaction", HEX.formatHex(claim.transaction())));
    DurableFiles.replace(file, JSON.writeValueAsBytes(json));
  }
}
