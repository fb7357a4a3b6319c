package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.TarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code COPY}, {@code ADD} and contexts put where. */
class DockerBuildFilesIT extends BuildClient {

  @Test
  void setsOwnersAndModes() throws Exception {
    Files.setPosixFilePermissions(
        context.resolve("a.txt"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
    build(
        """
        FROM bb
        COPY a.txt /plain
        COPY --chown=nobody a.txt /named
        COPY --chown=12:34 dir /numbered
        COPY --chown=nobody:0 --chmod=4711 a.txt /both
        """,
        "-t",
        "owners");
    assertEquals(
        """
        750 0:0 /plain
        750 99:99 /named
        755 12:34 /numbered
        644 12:34 /numbered/b.txt
        4711 99:0 /both""",
        run("owners", "stat -c '%a %u:%g %n' /plain /named /numbered /numbered/b.txt /both"));
    fails("FROM bb\nCOPY --chown=nosuch a.txt /x", "unable to find user nosuch");
    fails("FROM bb\nCOPY --chmod=rwx a.txt /x", "invalid chmod parameter");
  }

  @Test
  void addsFilesThatLookLikeNothing() throws Exception {
    file("text", "zz!? ".repeat(300));
    build("FROM bb\nADD text /text", "-t", "text");
    assertEquals("1500 /text", run("text", "wc -c /text"));
  }

  @Test
  void placesFilesAsDockerDoes() throws Exception {
    file("with space", "s");
    build(
        """
        FROM bb
        RUN mkdir /real /real/in && ln -s /real /link && echo old > /real/a.txt && echo k > /real/k
        COPY a.txt /link/
        COPY dir /link/in
        COPY di?/*.txt *.txt /wild/
        COPY ["with space", "/w s/"]
        WORKDIR /work
        COPY a.txt relative
        COPY . .
        COPY --chmod=0600 ./dir/../a.txt /clean
        """,
        "-t",
        "places");
    assertEquals(
        "ak\nbc", run("places", "cat /real/a.txt /real/k /real/in/b.txt /real/in/sub/c.md"));
    assertEquals("/wild/a.txt /wild/b.txt", run("places", "echo /wild/*"));
    assertEquals("s", run("places", "cat '/w s/with space'"));
    assertEquals("aa", run("places", "cat /work/relative /clean"));
    assertEquals("c", run("places", "cat /work/dir/sub/c.md"));
    fails("FROM bb\nCOPY nosuch /", "COPY failed: file not found in build context");
    fails("FROM bb\nCOPY ../etc/passwd /", "forbidden path outside the build context");
    fails("FROM bb\nCOPY a.txt dir /x", "the destination must be a directory and end with a /");
    fails("FROM bb\nCOPY dir /etc/passwd", "cannot copy to non-directory");
  }

  @Test
  void linksOfTheImageDoNotLeadOutOfIt() throws Exception {
    Path outside = Files.createDirectory(context.resolve("outside"));
    build(
        "FROM bb\nRUN ln -s ../../../../../.."
            + outside
            + " /esc && ln -s /esc /esc2\n"
            + "COPY a.txt /esc2/\n",
        "-t",
        "escape");
    try (var files = Files.list(outside)) {
      assertEquals(List.of(), files.toList());
    }
    assertEquals("a", run("escape", "cat " + outside + "/a.txt"));
  }

  @Test
  void addsArchivesTakenApart() throws Exception {
    byte[] tar = new TarBuilder().file("in/x", "inside").directory("in/e", 0700).bytes();
    Files.write(context.resolve("plain.tar"), tar);
    Files.write(context.resolve("packed.tgz"), TarBuilder.gzip(tar));
    for (String program : List.of("bzip2", "zstd")) {
      if (Commands.has(program)) {
        Commands.check(program, "-k", context.resolve("plain.tar").toString());
      }
    }
    Files.write(
        context.resolve("only.gz"),
        TarBuilder.gzip("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    String more = Commands.has("bzip2") ? "ADD plain.tar.bz2 /bz/\n" : "";
    build(
        "FROM bb\nADD plain.tar /plain/\nADD packed.tgz /packed\nADD only.gz /gz/\n"
            + "ADD a.txt /f\nCOPY plain.tar /kept/\n"
            + more,
        "-t",
        "archives");
    assertEquals("inside", run("archives", "cat /plain/in/x"));
    assertEquals("inside", run("archives", "cat /packed/in/x"));
    assertEquals("700", run("archives", "stat -c %a /packed/in/e"));
    assertEquals("text", run("archives", "gunzip -c /gz/only.gz"));
    assertEquals("a", run("archives", "cat /f"));
    assertEquals("plain.tar", run("archives", "ls /kept"));
    Files.write(context.resolve("evil.tar"), new TarBuilder().file("../../evil", "x").bytes());
    fails("FROM bb\nADD evil.tar /e/", "outside of the archive's root");
  }

  @Test
  void leavesOutWhatIsIgnored() throws Exception {
    file(".dockerignore", "# c\n**/*.md\n!dir/sub/keep.md\ndir/b*\nDockerfile\n");
    file("dir/sub/keep.md", "k");
    String dockerfile = "FROM bb\nCOPY . /all\nRUN cd /all && find . -type f | sort > /list\n";
    build(dockerfile, "-t", "ignored");
    assertEquals("./.dockerignore\n./a.txt\n./dir/sub/keep.md", run("ignored", "cat /list"));
    // Who asks the API without the client is served the same.
    String answer = post(dockerfile, "t=api&nocache=1");
    assertTrue(answer.contains("Successfully tagged api:latest"), answer);
    assertEquals("./.dockerignore\n./a.txt\n./dir/sub/keep.md", run("api", "cat /list"));
  }

  @Test
  void layersAreWhatTheirArchivesSay() throws Exception {
    build(
        """
        FROM bb
        RUN mkdir /m && echo x > /m/x && rm -r /tmp && mkdir /tmp && mkfifo /m/p
        COPY dir /m/d
        RUN rm /m/d/b.txt && chmod 700 /m
        """,
        "-t",
        "same",
        "--no-cache");
    String look = "cd / && find m tmp -exec stat -c '%n %a %u:%g %s %Y %F' {} + | sort";
    String before = run("same", look);
    Path saved = context.resolve("saved.tar");
    fixture.docker("save", "-o", saved.toString(), "same");
    DockLockFixture other = new DockLockFixture();
    try {
      other.docker("load", "-i", saved.toString());
      assertEquals(before, other.docker("run", "--rm", "same", "sh", "-c", look));
    } finally {
      other.close();
    }
  }
}
