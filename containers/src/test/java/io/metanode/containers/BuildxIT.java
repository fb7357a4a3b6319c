package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The default {@code docker build} of a client that has the plugin {@code buildx}. */
class BuildxIT extends BuildxClient {

  @Test
  void buildsTheStagesThatAreNeededAndFindsThemAgain() throws Exception {
    String dockerfile =
        """
        FROM bb AS first
        WORKDIR /w
        COPY a.txt .
        RUN echo out; echo err >&2; cat a.txt > b
        FROM bb AS unneeded
        RUN exit 9
        FROM bb
        ARG X=none
        COPY --from=first /w/b /b
        RUN echo "$X" > /x
        LABEL own=1
        """;
    long runs = receipts("container.start");
    String said =
        build(
            dockerfile,
            "-t",
            "kit:1",
            "-t",
            "kit:2",
            "--build-arg",
            "X=given",
            "--label",
            "given=it's");
    assertTrue(said.contains("docker driver"), said);
    assertTrue(said.contains("[first 4/4] RUN echo out"), said);
    assertTrue(said.matches("(?s).* out\n.* err\n.*"), said);
    assertEquals("a given", run("kit:2", "echo $(cat /b) $(cat /x)"));
    assertEquals("{\"given\":\"it's\",\"own\":\"1\"}", config("kit:1", "Labels"));
    assertEquals(0, count(said, "CACHED"));
    assertEquals(runs + 2 + 1, receipts("container.start"));
    assertEquals("", fixture.docker("ps", "-aq"));
    assertTrue(receipts("image.build") > 0);

    String again =
        build(dockerfile, "-t", "kit:3", "--build-arg", "X=given", "--label", "given=it's");
    assertEquals(5, count(again, "CACHED"), again);
    assertEquals(
        fixture.docker("inspect", "-f", "{{.Id}}", "kit:1"),
        fixture.docker("inspect", "-f", "{{.Id}}", "kit:3"));
    assertEquals(0, count(build(dockerfile, "--no-cache", "-t", "kit:4"), "CACHED"));
    build(dockerfile, "--target", "FIRST", "-t", "kit:first");
    assertEquals("a", run("kit:first", "cat /w/b"));
  }

  @Test
  void buildsTheSameImageAsTheClassicBuilder() throws Exception {
    build("FROM bb\nCOPY dir /d\nRUN echo same > /s\nCMD [\"x\"]\n", "-t", "same:kit");
    List<String> classic = command("-t", "same:classic");
    classic.remove("--progress=plain");
    classic.add(1, "DOCKER_BUILDKIT=0");
    String said = Commands.check(classic.toArray(String[]::new));
    assertEquals(3, cached(said), said);
    assertEquals(
        fixture.docker("inspect", "-f", "{{.Id}}", "same:kit"),
        fixture.docker("inspect", "-f", "{{.Id}}", "same:classic"));
  }

  @Test
  void writesDownWhatItBuilt() throws Exception {
    Path id = context.resolve("../" + context.getFileName() + ".id").normalize();
    Path meta = context.resolve("../" + context.getFileName() + ".json").normalize();
    String said =
        build(
            "FROM bb\nRUN echo 1 > /q\n",
            "-q",
            "-t",
            "quiet",
            "--iidfile",
            id.toString(),
            "--metadata-file",
            meta.toString());
    String image = fixture.docker("inspect", "-f", "{{.Id}}", "quiet");
    assertEquals(image, said.strip());
    assertEquals(image, Files.readString(id));
    assertTrue(
        Files.readString(meta).contains("\"image.name\": \"docker.io/library/quiet:latest\""));
    Files.delete(id);
    Files.delete(meta);
  }

  @Test
  void sendsWhatIsNotIgnored() throws Exception {
    file(".dockerignore", "**/*.md\n!dir/keep.md\na.txt\n");
    file("dir/keep.md", "kept");
    file("dir/äß.txt", "non-ascii");
    Files.createSymbolicLink(context.resolve("dir/l"), Path.of("b.txt"));
    Files.createLink(context.resolve("dir/hard"), context.resolve("dir/b.txt"));
    Path shell = context.resolve("run.sh");
    Files.writeString(shell, "#!/bin/sh\n");
    assertTrue(shell.toFile().setExecutable(true));
    build("FROM bb\nCOPY . /c\n", "-t", "ignored");
    assertEquals(
        "./.dockerignore ./Dockerfile ./dir ./dir/b.txt ./dir/hard ./dir/keep.md ./dir/l ./dir/sub"
            + " ./dir/äß.txt ./run.sh",
        run("ignored", "cd /c; echo $(find . -mindepth 1 | sort)"));
    assertEquals("b b.txt b", run("ignored", "cd /c/dir; echo $(cat l) $(readlink l) $(cat hard)"));
    assertEquals("ok", run("ignored", "test -x /c/run.sh && echo ok"));
  }

  @Test
  void readsADockerfileFromElsewhere() throws Exception {
    Path elsewhere = Files.createTempDirectory("mn-elsewhere-");
    Path file = elsewhere.resolve("Other");
    Files.writeString(file, "FROM bb\nCOPY a.txt /a\n");
    build("FROM nosuch\n", "-f", file.toString(), "-t", "elsewhere");
    assertEquals("a", run("elsewhere", "cat /a"));
    Files.delete(file);
    fails("FROM bb\n", "Other: no such file", "-f", file.toString());
    Files.delete(elsewhere);
    List<String> stdin =
        new ArrayList<>(
            List.of("sh", "-c", "printf 'FROM bb\\nRUN echo in > /i\\n' | \"$@\"", "-"));
    stdin.addAll(fixture.command("build", "-t", "stdin", "-"));
    Commands.check(stdin.toArray(String[]::new));
    assertEquals("in", run("stdin", "cat /i"));
    List<String> tar =
        new ArrayList<>(List.of("sh", "-c", "tar -C " + context + " -cf - . | \"$@\"", "-"));
    file("Dockerfile", "FROM bb\nCOPY dir/b.txt /b\n");
    tar.addAll(fixture.command("build", "-t", "tar", "-"));
    Commands.check(tar.toArray(String[]::new));
    assertEquals("b", run("tar", "cat /b"));
  }

  @Test
  void showsTheOutputOfAStepThatFails() throws Exception {
    Output output = attempt("FROM bb\nRUN touch /kept\nRUN echo before; exit 7\n", "-t", "failed");
    assertEquals(1, output.exit(), output.text());
    assertTrue(output.text().contains(" before\n"), output.text());
    assertTrue(
        output
            .text()
            .contains(
                "ERROR: failed to solve: process \"/bin/sh -c echo before; exit 7\" did not complete"
                    + " successfully: exit code: 7"),
        output.text());
    assertEquals("", fixture.docker("ps", "-aq"));
    assertEquals("", fixture.docker("images", "-q", "failed"));
    assertEquals("image.build", lastOperation());
    fails("FROM bb\nNOSUCH\n", "unknown instruction: NOSUCH");
    assertEquals("image.build", lastOperation());
    fails("FROM bb\nCOPY nosuch /\n", "file not found in build context");
    fails("FROM bb\n", "target stage \"nosuch\" could not be found", "--target", "nosuch");
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    fails("# syntax=example.com/frontend:1\nFROM bb\n", "the frontend example.com/frontend:1");
    build("# syntax=docker/dockerfile:1.7\nFROM bb\nCOPY --link a.txt /a\n", "-t", "linked");
    fails("FROM bb\n", "exporter \"nosuch\" could not be found", "--output", "type=nosuch");
    fails("FROM bb\n", "named context \"other\"", "--build-context", "other=" + context);
  }

  @Test
  void mountsWhatAStepSeesAndItsImageDoesNot() throws Exception {
    Path secret = Files.createTempFile("mn-", ".secret");
    Files.writeString(secret, "s3cret");
    String dockerfile =
        """
        FROM bb AS made
        RUN mkdir /out && echo made > /out/f
        FROM bb
        ARG N=1
        RUN --mount=type=cache,target=/c,id=mine echo $N >> /c/f && cat /c/f > /seen
        RUN --mount=type=tmpfs,target=/t touch /t/x && grep ' /t tmpfs' /proc/mounts
        RUN --mount=type=secret,id=key cat /run/secrets/key | wc -c > /length
        RUN --mount=type=secret,id=key,target=/k,mode=0440,required=true stat -c %a /k > /mode
        RUN --mount=type=secret,id=none test ! -e /run/secrets/none
        RUN --mount=type=bind,source=dir,target=/d --mount=from=made,source=/out,target=/o,rw \\
          cat /d/b.txt /o/f > /bound && echo x > /o/f && ! touch /d/new
        RUN --mount=target=/ctx ls /ctx > /listed
        """;
    String key = "id=key,src=" + secret;
    file(".dockerignore", "a.txt\n");
    build(dockerfile, "--secret", key, "-t", "mounts:1");
    assertEquals("1", run("mounts:1", "cat /seen"));
    assertEquals("6 440 bmade", run("mounts:1", "echo $(cat /length /mode /bound)"));
    assertEquals("Dockerfile dir", run("mounts:1", "echo $(cat /listed)"));
    assertEquals("0", run("mounts:1", "ls -d /run /c /t /k /d /o /ctx 2>/dev/null | wc -l"));
    build(dockerfile, "--secret", key, "-t", "mounts:2", "--build-arg", "N=2");
    assertEquals("1 2", run("mounts:2", "echo $(cat /seen)"));
    assertEquals(7 + 1, count(build(dockerfile, "--secret", key), "CACHED"));
    file("dir/b.txt", "changed");
    assertEquals(5 + 1, count(build(dockerfile, "--secret", key), "CACHED"));
    fails(
        "FROM bb\nRUN --mount=type=secret,id=nosuch,required=true true\n",
        "secret nosuch: not found");
    fails("FROM bb\nRUN --mount=type=cache,nosuch=1,target=/x true\n", "the option \"nosuch\"");
    Files.delete(secret);
    try (var left = Files.list(fixture.directory().resolve("run/secrets"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void tellsAndRemovesWhatBuildsKeep() throws Exception {
    build(
        "FROM bb\nRUN --mount=type=cache,target=/c,id=kept head -c 5000 /dev/zero > /c/f\n",
        "-t",
        "kept");
    String usage = fixture.docker("buildx", "du", "--verbose");
    assertTrue(usage.contains("cached mount kept"), usage);
    assertTrue(usage.contains("5kB"), usage);
    String pruned = fixture.docker("buildx", "prune", "-f");
    assertTrue(pruned.contains("Total:"), pruned);
    assertEquals(1, receipts("build.prune-caches"));
    assertFalse(fixture.docker("buildx", "du").contains("cached mount"));
    assertEquals("kept", fixture.docker("images", "--format", "{{.Repository}}", "kept"));
  }

  @Test
  void composeBuildsItsServices() throws Exception {
    FetchedClients.plugin(fixture, "docker-compose");
    file("Dockerfile", "FROM bb AS web\nARG X\nRUN echo $X > /x\nFROM bb\nRUN exit 9\n");
    file(
        "compose.yaml",
        """
        name: kit
        services:
          one:
            build: {context: ., target: web, args: {X: first}}
            command: sleep 100
          two:
            build:
              context: dir
              dockerfile_inline: |
                FROM bb
                COPY b.txt /b
            command: sleep 100
        """);
    String file = context.resolve("compose.yaml").toString();
    String said = fixture.docker("compose", "--progress", "plain", "-f", file, "build");
    assertTrue(said.contains("web 2/2] RUN echo $X"), said);
    fixture.docker("compose", "-f", file, "up", "-d", "--build");
    assertEquals("first", fixture.docker("compose", "-f", file, "exec", "-T", "one", "cat", "/x"));
    assertEquals("b", fixture.docker("compose", "-f", file, "exec", "-T", "two", "cat", "/b"));
    fixture.docker("compose", "-f", file, "down", "-t", "0");
  }

  /** It follows the builder version of the engine, and speaks BuildKit's protocol by itself. */
  @Test
  void theClientBeforeThePluginBuildsToo() throws Exception {
    Path old = Path.of("/usr/bin/docker");
    assumeTrue(
        Files.isExecutable(old) && Commands.run(old.toString(), "-v").text().contains(" 20."),
        "skipped: no docker client of version 20 at " + old);
    file("Dockerfile", "FROM bb\nCOPY a.txt /a\nRUN --mount=type=tmpfs,target=/t echo old > /o\n");
    List<String> command = command("-t", "old");
    command.set(2, old.toString());
    String said = Commands.check(command.toArray(String[]::new));
    assertTrue(said.contains("[3/3] RUN --mount=type=tmpfs"), said);
    assertEquals("a old", run("old", "echo $(cat /a) $(cat /o)"));
    command = command("-q");
    command.set(2, old.toString());
    assertEquals(
        fixture.docker("inspect", "-f", "{{.Id}}", "old"),
        Commands.check(command.toArray(String[]::new)).strip());
    file("Dockerfile", "FROM bb\nRUN echo before; exit 3\n");
    command = command();
    command.set(2, old.toString());
    Output failed = Commands.run(command.toArray(String[]::new));
    assertNotEquals(0, failed.exit());
    assertTrue(
        failed.text().contains("did not complete successfully: exit code: 3"), failed.text());
  }

  @Test
  void ctrlCStopsTheContainerOfTheStep() throws Exception {
    file("Dockerfile", "FROM bb\nRUN echo begun; sleep 1000\n");
    Process client = new ProcessBuilder(command("-t", "cut")).redirectErrorStream(true).start();
    try (var lines = client.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.endsWith(" begun")) {
        line = lines.readLine();
      }
      assertNotEquals(null, line, "the step did not begin");
      Commands.check("kill", "-INT", Long.toString(client.pid()));
      assertTrue(client.waitFor(30, TimeUnit.SECONDS));
    }
    assertNotEquals(0, client.exitValue());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!fixture.docker("ps", "-aq").isEmpty() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertEquals("", fixture.docker("ps", "-aq"));
    assertFalse(Commands.check("ps", "-eo", "args").lines().anyMatch("sleep 1000"::equals));
  }

  @Test
  void aClientWithoutThePluginFallsBackToTheClassicBuilder() throws Exception {
    file("Dockerfile", "FROM bb\nRUN echo classic\n");
    List<String> command = fixture.command("build", context.toString());
    command.set(1, "DOCKER_CONFIG=" + context.resolve("none"));
    Output output = Commands.run(command.toArray(String[]::new));
    assertEquals(0, output.exit(), output.text());
    assertTrue(output.text().contains("The legacy builder is deprecated"), output.text());
    assertTrue(output.text().contains("Step 2/2 : RUN echo classic"), output.text());
  }
}
