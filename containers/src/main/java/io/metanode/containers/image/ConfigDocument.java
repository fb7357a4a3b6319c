package io.metanode.containers.image;

import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An image's configuration blob (OCI image-spec, config.md, with Docker's additions). */
public record ConfigDocument(ObjectNode json) {

  private static final int MOST_LAYERS = 127;

  /**
   * @throws ArchiveException if it is not a configuration
   */
  public static ConfigDocument parse(byte[] bytes) throws ArchiveException {
    try {
      if (JsonFields.MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return new ConfigDocument(object);
      }
    } catch (JacksonException e) {
      throw new ArchiveException(
          "the image's configuration is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new ArchiveException("the image's configuration is not a JSON object");
  }

  /** The digests of the uncompressed layers, lowest first. */
  public List<Digest> diffIds() throws ArchiveException {
    List<Digest> digests = new ArrayList<>();
    for (String text : JsonFields.texts(json.path("rootfs"), "diff_ids")) {
      digests.add(
          Digest.parse(text)
              .orElseThrow(() -> new ArchiveException("invalid layer digest " + text)));
    }
    if (digests.size() > MOST_LAYERS) {
      throw new ArchiveException(
          "the image has "
              + digests.size()
              + " layers; at most "
              + MOST_LAYERS
              + " can be stacked");
    }
    return List.copyOf(digests);
  }

  /** What it says under {@code config}, with absent parts empty. */
  public ImageConfig config() {
    JsonNode config = json.path("config");
    return new ImageConfig(
        JsonFields.map(config, "Labels"),
        JsonFields.texts(config, "Env"),
        JsonFields.texts(config, "Entrypoint"),
        JsonFields.texts(config, "Cmd"),
        JsonFields.text(config, "WorkingDir"),
        JsonFields.text(config, "User"),
        JsonFields.names(config, "ExposedPorts"),
        JsonFields.names(config, "Volumes"),
        JsonFields.text(config, "StopSignal"),
        healthCheck(config.path("Healthcheck")),
        JsonFields.texts(config, "Shell"),
        JsonFields.texts(config, "OnBuild"));
  }

  private static Optional<ImageConfig.HealthCheck> healthCheck(JsonNode check) {
    if (!check.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new ImageConfig.HealthCheck(
            JsonFields.texts(check, "Test"),
            JsonFields.number(check, "Interval"),
            JsonFields.number(check, "Timeout"),
            JsonFields.number(check, "StartPeriod"),
            JsonFields.number(check, "StartInterval"),
            (int) JsonFields.number(check, "Retries")));
  }

  /** When the image was made; the epoch if it does not say. */
  public Instant created() {
    return instant(JsonFields.text(json, "created"));
  }

  /** Reads an RFC 3339 time; the epoch if it is none. */
  public static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  public String architecture() {
    return JsonFields.text(json, "architecture");
  }

  public String os() {
    String os = JsonFields.text(json, "os");
    return os.isEmpty() ? "linux" : os;
  }

  /** The steps it was made in, oldest first. */
  public List<JsonNode> history() {
    List<JsonNode> steps = new ArrayList<>();
    json.path("history").forEach(steps::add);
    return steps;
  }
}
