package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.containers.registry.DebianRegistry;
import io.metanode.receipts.Outcome;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker build --output} by the real client: where what was built goes, and where not. */
@Timeout(120)
class BuildOutputIT extends BuildxClient {

  private static final String LARGE = "FROM bb\nRUN head -c 50000000 /dev/urandom > /large\n";

  private static final String REFUSED = "outputs are not read by POST /build";

  @TempDir Path out;

  @Test
  void handsOverWhatItBuilt() throws Exception {
    String dockerfile =
        """
        FROM bb AS made
        RUN mkdir -p /o/d/empty && echo x > /o/d/f && chmod 4750 /o/d/f \\
          && ln /o/d/f /o/d/hard && ln -s ../gone /o/d/l && echo y > /o/lost
        RUN rm /o/lost
        FROM scratch
        COPY --from=made --chown=7:8 /o /
        """;
    Path out = Files.createTempDirectory("mn-out-");
    build(dockerfile, "-o", out.toString());
    assertEquals("x\n", Files.readString(out.resolve("d/f")));
    assertEquals("4750", Commands.check("stat", "-c", "%a", out + "/d/f").strip());
    assertEquals("../gone", Files.readSymbolicLink(out.resolve("d/l")).toString());
    assertTrue(Files.isDirectory(out.resolve("d/empty")));
    assertFalse(Files.exists(out.resolve("lost")));
    assertEquals("build.output", lastOperation());
    String before = fixture.docker("images", "-q");
    build("FROM bb\nRUN echo alone > /alone\n", "-o", "type=cacheonly");
    build("FROM bb\nRUN echo alone > /alone\n", "-o", out.resolve("alone").toString());
    assertEquals("alone\n", Files.readString(out.resolve("alone/alone")));
    assertEquals(before, fixture.docker("images", "-q"));
    build("FROM bb\nRUN echo alone > /alone\n");
    assertNotEquals(before, fixture.docker("images", "-q"));
    Path tar = out.resolve("t.tar");
    build(dockerfile, "-o", "type=tar,dest=" + tar);
    String listed = Commands.check("tar", "--numeric-owner", "-tvf", tar.toString());
    assertTrue(listed.contains("-rwsr-x--- 7/8"), listed);
    for (String type : List.of("oci", "docker")) {
      Path archive = out.resolve(type + ".tar");
      build(dockerfile, "-t", "sent:" + type, "-o", "type=" + type + ",dest=" + archive);
      String names = Commands.check("tar", "-tf", archive.toString());
      assertTrue(names.contains("index.json"), names);
      assertEquals(type.equals("docker"), names.contains("manifest.json"), names);
      assertEquals("", fixture.docker("images", "-q", "sent"));
    }
    fixture.docker("load", "-i", out.resolve("docker.tar").toString());
    assertNotEquals("", fixture.docker("images", "-q", "sent:docker"));
    fails(dockerfile, "no space left", "-o", "type=tar,dest=/dev/full");
    assertEquals("build.output", lastOperation());
    Commands.check("rm", "-r", out.toString());
  }

  @Test
  void pushesWhatItBuilt() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(out.resolve("registry"))) {
      String name = registry.authority() + "/pushed:1";
      String second = registry.authority() + "/pushed:2";
      String said = build("FROM bb\nRUN echo p > /p\n", "--push", "-t", name, "-t", second);
      assertEquals(2 + 2 * pushesOfTheClient(), receipts("image.push"), said);
      fixture.docker("rmi", name, second);
      fixture.docker("pull", name);
      fixture.docker("pull", second);
      assertEquals("p", run(name, "cat /p"));
    }
    fails("FROM bb\n", "cannot be reached", "--push", "-t", "127.0.0.1:1/refused");
    assertEquals("image.push", lastOperation());
    assertInstanceOf(Outcome.Failed.class, lastStep().outcome());
  }

  /** Before 0.22 buildx pushes each name once more, after the engine has. */
  private static int pushesOfTheClient() throws Exception {
    String version = fixture.docker("buildx", "version");
    Matcher minor = Pattern.compile(" v?0\\.([0-9]+)\\.").matcher(version);
    return minor.find() && Integer.parseInt(minor.group(1)) < 22 ? 1 : 0;
  }

  @Test
  void severalOutputsOfOneBuild() throws Exception {
    Path tar = out.resolve("t.tar");
    long before = receipts("build.output");
    build(
        "FROM scratch\nCOPY a.txt /several\n",
        "-o",
        out.resolve("d").toString(),
        "-o",
        "type=tar,dest=" + tar,
        "-o",
        "type=image,name=several:1");
    assertEquals("a", Files.readString(out.resolve("d/several")));
    assertEquals("several", Commands.check("tar", "-tf", tar.toString()).strip());
    assertNotEquals("", fixture.docker("images", "-q", "several:1"));
    assertEquals(before + 2, receipts("build.output"));
  }

  @Test
  void writesToStandardOutputKeepsHardLinksAndDatesFiles() throws Exception {
    file(
        "Dockerfile",
        """
        FROM bb
        RUN mkdir -p /d && echo x > /d/f && chmod 6755 /d/f && ln /d/f /hard
        """);
    Path tar = out.resolve("o.tar");
    List<String> command = command("-o", "-");
    command.add(1, "SOURCE_DATE_EPOCH=86400");
    Process client =
        new ProcessBuilder(command)
            .redirectError(out.resolve("said").toFile())
            .redirectOutput(tar.toFile())
            .start();
    assertEquals(0, client.waitFor(), () -> text(out.resolve("said")));
    String listed = Commands.check("tar", "--utc", "-tvf", tar.toString());
    assertTrue(listed.lines().allMatch(line -> line.contains("1970-01-02 00:00")), listed);
    assertTrue(listed.contains("hard link to d/f"), listed);

    Path files = out.resolve("files");
    command = command("-o", files.toString());
    command.add(1, "SOURCE_DATE_EPOCH=86400");
    Commands.check(command.toArray(String[]::new));
    String found = Commands.check("stat", "-c", "%a %h %Y", files + "/d/f", files + "/hard");
    assertEquals("6755 2 86400\n6755 2 86400\n", found);
    assertEquals("86400", Commands.check("stat", "-c", "%Y", files + "/d").strip());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aClientThatIsKilledLeavesNothing() throws Exception {
    build(LARGE, "-o", "type=cacheonly");
    for (String type : List.of("tar", "oci")) {
      long before = receipts("build.output");
      Process client =
          new ProcessBuilder(command("-t", "killed", "-o", "type=" + type + ",dest=-"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertEquals(1000, client.getInputStream().readNBytes(1000).length);
      assertEquals(before, receipts("build.output"));
      client.descendants().forEach(ProcessHandle::destroyForcibly);
      client.destroyForcibly();
      awaitFailure(before + 1);
    }
    nothingIsLeft();
  }

  @Test
  void aDestinationThatIsFullFailsTheBuild() throws Exception {
    build(LARGE, "-o", "type=cacheonly");
    Path small = Files.createDirectory(out.resolve("small"));
    Commands.check("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    try {
      for (String output :
          List.of(
              small.resolve("d").toString(),
              "type=tar,dest=" + small.resolve("t"),
              "type=docker,dest=" + small.resolve("i"))) {
        long before = receipts("build.output");
        fails(LARGE, "no space left", "-o", output);
        awaitFailure(before + 1);
        Commands.check("sh", "-c", "rm -rf " + small + "/*");
      }
      Path within = small.resolve("within");
      Files.createDirectories(within.resolve("large/er"));
      long before = receipts("build.output");
      assertNotEquals(0, attempt(LARGE, "-o", within.toString()).exit());
      awaitFailure(before + 1);
    } finally {
      Commands.check("umount", small.toString());
    }
    nothingIsLeft();
  }

  private static void awaitFailure(long receipts) throws Exception {
    Eventually.equal("receipts of outputs", receipts, () -> receipts("build.output"));
    assertEquals("build.output", lastOperation());
    assertInstanceOf(Outcome.Failed.class, lastStep().outcome());
  }

  /** Neither files nor mounts nor threads; and the engine answers. */
  private void nothingIsLeft() throws Exception {
    Eventually.equal("what is left", "", this::left);
    build("FROM scratch\nCOPY a.txt /after\n", "-o", out.resolve("after").toString());
    assertEquals("a", Files.readString(out.resolve("after/after")));
  }

  private String left() throws Exception {
    StringBuilder left = new StringBuilder();
    try (var builds = Files.list(fixture.directory().resolve("home/builds"))) {
      builds.forEach(build -> left.append(build).append('\n'));
    }
    Files.readString(Path.of("/proc/mounts"))
        .lines()
        .filter(line -> line.contains(fixture.directory() + "/home") && line.contains("overlay"))
        .forEach(line -> left.append(line).append('\n'));
    Path dump = out.resolve("threads");
    Files.deleteIfExists(dump);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    Files.readString(dump)
        .lines()
        .filter(
            line ->
                line.contains("containers.buildkit.Solver")
                    || line.contains("containers.buildkit.Sending"))
        .forEach(line -> left.append(line).append('\n'));
    return left.toString();
  }

  @Test
  void outputsAreNotPassedOverByOlderWaysToAsk() throws Exception {
    String query = "outputs=%5B%7B%22Type%22%3A%22local%22%7D%5D";
    String said = post("FROM bb\nRUN echo never > /n\n", query);
    assertTrue(said.contains(REFUSED), said);
    assertFalse(post("FROM bb\n", "outputs=%5B%5D").contains(REFUSED));
    Path old = Path.of("/usr/bin/docker");
    assumeTrue(
        Files.isExecutable(old) && Commands.run(old.toString(), "-v").text().contains(" 20."),
        "skipped: no docker client of version 20 at " + old);
    file("Dockerfile", "FROM bb\n");
    List<String> command = command("-o", out.toString());
    command.set(2, old.toString());
    command.add(1, "DOCKER_BUILDKIT=1");
    // This client waits for ever where the answer comes before it knows that its session is open.
    command.addAll(0, List.of("timeout", "-k", "1", "20"));
    for (int round = 0; round < 20; round++) {
      Output refused = Commands.run(command.toArray(String[]::new));
      assertEquals(1, refused.exit(), refused.text());
      assertTrue(refused.text().contains(REFUSED), refused.text());
    }
  }
}
