package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a context the client sends what the build names, as far as that is known before. */
class NamedContextIT extends BuildxClient {

  private static final String MEGABYTES = "transferring \\d+(\\.\\d+)?MB";

  @BeforeEach
  void enlarge() throws Exception {
    Files.write(context.resolve("large"), new byte[3_000_000]);
    Files.createSymbolicLink(context.resolve("link"), Path.of("dir/b.txt"));
    Files.createDirectories(context.resolve("hard"));
    Files.createLink(context.resolve("hard/z"), context.resolve("a.txt"));
  }

  private String built(String dockerfile, String... options) throws Exception {
    String said = build(dockerfile, options);
    return said.lines().anyMatch(line -> line.matches(".*" + MEGABYTES + ".*")) ? "all" : "named";
  }

  @Test
  void whatIsNamedIsSent() throws Exception {
    assertEquals("named", built("FROM bb\nCOPY a.txt link /c/\nCOPY dir/s?b /s\n", "-t", "named"));
    assertEquals("a b c", run("named", "echo $(cat /c/a.txt) $(cat /c/link) $(cat /s/c.md)"));
    assertEquals("named", built("FROM bb\nCOPY hard/z /z\n", "-t", "named"));
    assertEquals("a", run("named", "cat /z"));
    assertEquals(
        "named", built("FROM bb\nRUN --mount=source=dir,target=/d cp -r /d /e\n", "-t", "named"));
    assertEquals("c", run("named", "cat /e/sub/c.md"));
    file(".dockerignore", "dir/*\n!dir/sub\n");
    assertEquals("named", built("FROM bb\nCOPY dir /d\n", "-t", "named"));
    assertEquals("/d/sub/c.md", run("named", "find /d -type f"));
    fails("FROM bb\nCOPY nosuch /\n", "file not found in build context");
    assertEquals("all", built("FROM bb\nCOPY . /c\n"));
  }

  @Test
  void nothingIsSentToWhoReadsNothing() throws Exception {
    String said = build("FROM bb\nRUN echo none > /n\n");
    assertTrue(said.contains("RUN echo none") && !said.contains("load build context"), said);
  }

  @Test
  void triggersReadWhatTheyName() throws Exception {
    build("FROM bb\nONBUILD COPY a.txt /triggered\n", "-t", "triggers");
    assertEquals("all", built("FROM triggers\nCOPY dir /d\n", "-t", "triggered"));
    assertEquals("a", run("triggered", "cat /triggered"));
    assertEquals("all", built("FROM triggers AS one\nFROM one\nCOPY dir /d\n"));
  }
}
