package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContextPathsTest {

  private static final Optional<List<String>> ALL = Optional.empty();

  private static Optional<List<String>> of(String text) throws Exception {
    Dockerfile dockerfile = Dockerfile.parse(text);
    WordLexer lexer = new WordLexer(dockerfile.escape(), _ -> Optional.empty());
    return ContextPaths.of(
        dockerfile,
        NeededStages.of(dockerfile, dockerfile.stages().getLast(), lexer),
        lexer,
        "plain"::equals);
  }

  private static Optional<List<String>> paths(String... paths) {
    return Optional.of(List.of(paths));
  }

  @Test
  void areThoseThatStepsName() throws Exception {
    assertEquals(paths("a", "b c", "d/*.txt"), of("FROM plain\nCOPY a \"b c\" ./d/*.txt /x/\n"));
    assertEquals(paths("a", "b"), of("FROM scratch\nADD [\"/a/\", \"b\", \"/x/\"]\n"));
    assertEquals(paths(), of("FROM plain\nRUN true\nADD https://example.com/f /f\n"));
    assertEquals(paths("f"), of("FROM plain\nCOPY <<E f /x/\ntext\nE\n"));
    assertEquals(
        paths("d", "e"),
        of("FROM plain\nRUN --mount=source=d,target=/d true\nRUN --mount=src=e,dst=/e true\n"));
  }

  @Test
  void areThoseOfStagesThatAreNeeded() throws Exception {
    assertEquals(
        paths("a", "c"),
        of(
            """
            FROM plain AS one
            COPY a /
            FROM other AS two
            COPY b /
            FROM one
            COPY --from=one /x /y
            COPY c /
            """));
  }

  @Test
  void areAllWhereMoreMayBeRead() throws Exception {
    assertEquals(ALL, of("FROM other\nCOPY a /\n"));
    for (String step :
        List.of(
            "COPY . /",
            "COPY / /x",
            "COPY a/../.. /x",
            "COPY !a /x",
            "COPY $A /x",
            "RUN --mount=target=/c true",
            "RUN --mount=source=$A,target=/c true",
            "ONBUILD COPY a /")) {
      assertEquals(ALL, of("FROM plain\n" + step + "\n"), step);
    }
  }
}
