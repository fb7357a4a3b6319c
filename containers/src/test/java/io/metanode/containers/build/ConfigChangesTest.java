package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.JsonFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigChangesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CMD [\"a\", \"b\"] | {\"Cmd\":[\"a\",\"b\"]}",
        "cmd a b | {\"Cmd\":[\"/bin/sh\",\"-c\",\"a b\"]}",
        "CMD [] | {}",
        "ENTRYPOINT [] | {\"Entrypoint\":[]}",
        "ENV A=1 B=\"x y\" C=a\\ b | {\"Env\":[\"A=1\",\"B=x y\",\"C=a b\"]}",
        "ENV A one two | {\"Env\":[\"A=one two\"]}",
        "LABEL a=b \"c d\"=e | {\"Labels\":{\"a\":\"b\",\"c d\":\"e\"}}",
        "EXPOSE 80 53/udp 90-91 |"
            + " {\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{},\"90/tcp\":{},\"91/tcp\":{}}}",
        "EXPOSE 5678/UDP | {\"ExposedPorts\":{\"5678/udp\":{}}}",
        "VOLUME /a /b | {\"Volumes\":{\"/a\":{},\"/b\":{}}}",
        "VOLUME [\"/a b\"] | {\"Volumes\":{\"/a b\":{}}}",
        "USER 1:2 | {\"User\":\"1:2\"}",
        "WORKDIR a/../b | {\"WorkingDir\":\"/b\"}",
        "STOPSIGNAL SIGINT | {\"StopSignal\":\"SIGINT\"}",
        "ONBUILD RUN x | {\"OnBuild\":[\"RUN x\"]}",
        "HEALTHCHECK NONE | {\"Healthcheck\":{\"Test\":[\"NONE\"]}}",
        "HEALTHCHECK --interval=1m30s --retries=3 CMD x y |"
            + " {\"Healthcheck\":{\"Interval\":90000000000,\"Retries\":3,"
            + "\"Test\":[\"CMD-SHELL\",\"x y\"]}}"
      })
  void appliesInstructions(String instruction, String expected) throws Exception {
    ObjectNode config = JsonFields.MAPPER.createObjectNode();
    ConfigChanges.apply(config, List.of(instruction));
    assertEquals(JsonFields.MAPPER.readTree(expected), config);
  }

  @Test
  void laterInstructionsBuildOnEarlier() throws Exception {
    ObjectNode config = JsonFields.MAPPER.createObjectNode();
    ConfigChanges.apply(config, List.of("ENV A=1\nENV B=2", "ENV A=3", "WORKDIR /x", "WORKDIR y"));
    assertEquals("[\"A=3\",\"B=2\"]", config.path("Env").toString());
    assertEquals("/x/y", config.path("WorkingDir").stringValue());
  }

  @Test
  void theSamePortsAreTheSameHoweverTheyAreWritten() throws Exception {
    ObjectNode some = JsonFields.MAPPER.createObjectNode();
    ObjectNode others = JsonFields.MAPPER.createObjectNode();
    ConfigChanges.apply(some, List.of("EXPOSE 80 2375"));
    ConfigChanges.apply(others, List.of("EXPOSE 2375/TCP", "EXPOSE 80"));
    assertEquals(some.toString(), others.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN x",
        "FROM x",
        "ENV A",
        "ENV",
        "LABEL =x",
        "EXPOSE 0",
        "EXPOSE 70000",
        "EXPOSE x",
        "ONBUILD FROM x",
        "HEALTHCHECK x",
        "HEALTHCHECK --interval=x CMD y",
        "ENV A=\"open",
        "HEALTHCHECK --what=1 CMD y"
      })
  void refusesOthers(String instruction) {
    ObjectNode config = JsonFields.MAPPER.createObjectNode();
    ApiException refusal =
        assertThrows(ApiException.class, () -> ConfigChanges.apply(config, List.of(instruction)));
    assertEquals(400, refusal.status());
  }
}
