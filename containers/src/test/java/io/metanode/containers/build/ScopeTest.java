package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private static final Map<String, Optional<String>> GIVEN =
      Map.of(
          "A", Optional.of("given"),
          "UNSET", Optional.empty(),
          "OTHER", Optional.of("x"),
          "http_proxy", Optional.of("p"));

  private static String declare(Scope scope, String text) throws DockerfileException {
    return scope.declare(
        Dockerfile.instruction("ARG " + text, 1, '\\'), '\\', new WordLexer('\\', scope::get));
  }

  @Test
  void whatIsGivenGoesBeforeTheDefault() throws Exception {
    Scope scope = Scope.global(GIVEN, Map.of()).stage();
    assertEquals("ARG A=default", declare(scope, "A=default"));
    declare(scope, "UNSET=default");
    declare(scope, "B=$A-b C=\"c d\"");
    assertEquals(Optional.of("given"), scope.get("A"));
    assertEquals(Optional.of("default"), scope.get("UNSET"));
    assertEquals(Optional.of("given-b"), scope.get("B"));
    assertEquals(Optional.of("c d"), scope.get("C"));
    assertEquals(Optional.empty(), scope.get("OTHER"));
  }

  @Test
  void stagesKnowTheOuterOnesTheyDeclareAgain() throws Exception {
    Scope global = Scope.global(GIVEN, Map.of("TARGETARCH", "amd64"));
    declare(global, "V=1");
    assertEquals(Optional.of("amd64"), global.get("TARGETARCH"));
    Scope stage = global.stage();
    assertEquals(Optional.empty(), stage.get("V"));
    declare(stage, "V");
    declare(stage, "TARGETARCH");
    assertEquals(Optional.of("1"), stage.get("V"));
    assertEquals(Optional.of("amd64"), stage.get("TARGETARCH"));
    assertEquals(Optional.empty(), global.stage().get("V"));
  }

  @Test
  void proxiesAreKnownUndeclaredAndMakeNoDifference() throws Exception {
    Scope scope = Scope.global(GIVEN, Map.of()).stage();
    declare(scope, "A");
    assertEquals(Optional.of("p"), scope.get("http_proxy"));
    assertEquals(List.of("A=given", "http_proxy=p"), scope.environment());
    assertEquals(List.of("A=given"), scope.distinguishing());
    declare(scope, "http_proxy");
    assertEquals(List.of("A=given", "http_proxy=p"), scope.distinguishing());
  }

  @Test
  void whatNobodyDeclaredIsTold() throws Exception {
    Scope scope = Scope.global(GIVEN, Map.of());
    declare(scope.stage(), "A");
    assertEquals(List.of("OTHER", "UNSET"), scope.unused());
  }
}
