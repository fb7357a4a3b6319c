package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import io.metanode.economy.GoldStatement;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A statement of the reserve in a file, which goes from notary to notary. */
final class StatementFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "https://metanode.io/ReserveAttestation/v1";
  private static final HexFormat HEX = HexFormat.of();

  private StatementFile() {}

  static GoldStatement read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (!json.path("type").asString("").equals(TYPE)) {
        throw new CommandException(file + " is no attestation: its type is not " + TYPE);
      }
      TreeMap<Bytes32, Bytes> signatures = new TreeMap<>();
      json.required("signatures")
          .forEachEntry(
              (key, signature) ->
                  signatures.put(Bytes32.ofHex(key), Bytes.of(HEX.parseHex(signature.asString()))));
      return new GoldStatement(
          json.required("reserve").asLong(),
          json.required("asOf").asLong(),
          json.required("expires").asLong(),
          Bytes32.ofHex(json.required("report").asString()),
          signatures);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new CommandException(file + " is no attestation: " + e.getMessage(), e);
    }
  }

  static void write(Path file, GoldStatement statement) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(statement)) + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static ObjectNode json(GoldStatement statement) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("type", TYPE)
            .put("reserve", statement.reserve())
            .put("asOf", statement.asOf())
            .put("expires", statement.expires())
            .put("report", statement.report().toString());
    ObjectNode signatures = json.putObject("signatures");
    statement
        .signatures()
        .forEach(
            (key, signature) -> signatures.put(key.toString(), HEX.formatHex(signature.toArray())));
    return json;
  }
}
