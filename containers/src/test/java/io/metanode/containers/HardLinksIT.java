package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.TarBuilder;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names of one file within what is copied are names of one file in the layer too. */
class HardLinksIT extends BuildxClient {

  /** What is copied by two sources, or chosen by two words, is two files. */
  private static final String COPIES =
      """
      FROM bb AS made
      RUN mkdir -p /m/sub && echo x > /m/one && ln /m/one /m/sub/two
      RUN cp -a /m /n
      FROM bb
      COPY t /context
      COPY --chown=7:8 --chmod=600 t /owned
      COPY --from=made /m /stage
      COPY --from=made /m /n /merged/
      ADD t.tar /archive
      COPY t/one t/sub/two /apart/
      """;

  private static final String EXPECTED =
      """
      2 644 0:0 /context/one
      2 644 0:0 /context/sub/two
      2 600 7:8 /owned/one
      2 600 7:8 /owned/sub/two
      2 644 0:0 /stage/one
      2 644 0:0 /stage/sub/two
      2 644 0:0 /merged/one
      2 644 0:0 /merged/sub/two
      2 644 0:0 /archive/one
      2 644 0:0 /archive/sub/two
      1 644 0:0 /apart/one
      1 644 0:0 /apart/two""";

  private static final String LOOK =
      "stat -c '%h %a %u:%g %n' "
          + EXPECTED.lines().map(line -> line.split(" ", -1)[3]).reduce("", (a, b) -> a + " " + b);

  @BeforeEach
  void link() throws Exception {
    file("t/one", "linked");
    Files.createDirectories(context.resolve("t/sub"));
    Files.createLink(context.resolve("t/sub/two"), context.resolve("t/one"));
    byte[] tar =
        new TarBuilder()
            .file("one", "in")
            .directory("sub", 0755)
            .hardLink("sub/two", "one")
            .bytes();
    Files.write(context.resolve("t.tar"), tar);
  }

  @Test
  void areKeptWithinACopy() throws Exception {
    build(COPIES, "-t", "links:kit");
    assertEquals(EXPECTED, run("links:kit", LOOK));
    List<String> classic = command("-t", "links:classic", "--no-cache");
    classic.remove("--progress=plain");
    classic.add(1, "DOCKER_BUILDKIT=0");
    Commands.check(classic.toArray(String[]::new));
    assertEquals(EXPECTED, run("links:classic", LOOK));
  }

  /** The archive of the layer has them, so whoever pulls or loads it has them too. */
  @Test
  void areInTheLayersArchive() throws Exception {
    build("FROM scratch\nCOPY t /\n", "-o", "type=tar,dest=" + context.resolve("out.tar"));
    String listed = Commands.check("tar", "-tvf", context.resolve("out.tar").toString());
    assertEquals(1, count(listed, "sub/two link to one"), listed);
  }

  @Test
  void makeAStepAnotherOne() throws Exception {
    String dockerfile = "FROM bb\nCOPY t /t\n";
    build(dockerfile, "-t", "links:linked");
    Files.delete(context.resolve("t/sub/two"));
    file("t/sub/two", "linked");
    build(dockerfile, "-t", "links:parted");
    assertEquals("1", run("links:parted", "stat -c %h /t/one"));
    assertNotEquals(id("links:linked"), id("links:parted"));
  }

  private static String id(String image) throws Exception {
    return fixture.docker("inspect", "-f", "{{.Id}}", image);
  }

  @Test
  void areBoundToAStep() throws Exception {
    build("FROM bb\nRUN --mount=target=/c,source=t stat -c %h /c/sub/two > /n\n", "-t", "links:b");
    assertEquals("2", run("links:b", "cat /n"));
  }
}
