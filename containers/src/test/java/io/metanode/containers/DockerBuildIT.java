package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.Json;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.receipts.SignedStatement;
import io.metanode.receipts.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code docker build} by the real client: the classic builder. */
class DockerBuildIT {

  private static DockLockFixture fixture;

  @TempDir private Path context;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }

  @BeforeEach
  void fill() throws Exception {
    file("a.txt", "a");
    file("dir/b.txt", "b");
    file("dir/sub/c.md", "c");
  }

  private void file(String name, String content) throws Exception {
    Path file = context.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Output attempt(String dockerfile, String... options) throws Exception {
    file("Dockerfile", dockerfile);
    List<String> arguments = new ArrayList<>(List.of("build"));
    arguments.addAll(List.of(options));
    arguments.add(context.toString());
    List<String> command = fixture.command(arguments.toArray(String[]::new));
    command.add(1, "DOCKER_BUILDKIT=0");
    return Commands.run(command.toArray(String[]::new));
  }

  private String build(String dockerfile, String... options) throws Exception {
    Output output = attempt(dockerfile, options);
    assertEquals(0, output.exit(), output.text());
    return output.text();
  }

  private void fails(String dockerfile, String message, String... options) throws Exception {
    Output output = attempt(dockerfile, options);
    assertNotEquals(0, output.exit(), output.text());
    assertTrue(output.text().contains(message), output.text());
  }

  private static String run(String image, String script) throws Exception {
    return fixture.docker("run", "--rm", image, "sh", "-c", script);
  }

  private static String config(String image, String field) throws Exception {
    return fixture.docker("inspect", "-f", "{{json .Config." + field + "}}", image);
  }

  private static long cached(String output) {
    return output.lines().filter(line -> line.contains("Using cache")).count();
  }

  @Test
  void tellsItsStepsAsDockerDoes() throws Exception {
    String said = build("FROM bb\nRUN echo out; echo err >&2\n", "-t", "steps:1", "-t", "steps:2");
    assertTrue(said.contains("Step 1/2 : FROM bb\n ---> "), said);
    assertTrue(said.contains("Step 2/2 : RUN echo out; echo err >&2\n ---> Running in "), said);
    assertTrue(said.contains("\nout\n"), said);
    assertTrue(said.contains("\u001b[91merr\n\u001b[0m"), said);
    assertTrue(said.contains("Removing intermediate container "), said);
    assertTrue(said.contains("Successfully built "), said);
    assertTrue(said.contains("Successfully tagged steps:1\nSuccessfully tagged steps:2"), said);
    assertEquals("", fixture.docker("ps", "-aq"));
    String quiet = build("FROM bb\nRUN echo out; echo err >&2\n", "-q");
    assertEquals(
        fixture.docker("inspect", "-f", "{{.Id}}", "steps:1"),
        quiet.lines().filter(line -> line.startsWith("sha256:")).findFirst().orElse(quiet));
  }

  @Test
  void copiesBetweenStages() throws Exception {
    build(
        """
        FROM bb AS first
        RUN mkdir -p /out/d && echo one > /out/d/f && ln -s d /out/l && ln -s /out/d/f /abs
        FROM bb
        RUN touch /second
        FROM bb
        COPY --from=first /out /got
        COPY --from=first /abs /named
        COPY --from=1 /second /
        COPY --from=bb /etc/passwd /image/
        """,
        "-t",
        "stages");
    assertEquals(
        "one d one", run("stages", "echo $(cat /got/l/f) $(readlink /got/l) $(cat /named)"));
    assertEquals("ok", run("stages", "test -f /second && test -s /image/passwd && echo ok"));
  }

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
  void knowsArgumentsAndVariables() throws Exception {
    String file =
        """
        ARG BASE=nosuch
        ARG SHARED=outer
        FROM ${BASE}
        ARG SHARED
        ARG OWN=own-$SHARED
        ENV E=${OWN:-none} F=${NONE:-alt}
        RUN echo "$SHARED $OWN $E $F $NOTDECLARED" > /said
        ENV OWN=env
        RUN echo "$OWN" >> /said
        LABEL l=${E}
        """;
    String said = build(file, "-t", "args", "--build-arg", "BASE=bb", "--build-arg", "UNUSED=1");
    assertTrue(said.contains("One or more build-args [UNUSED] were not consumed"), said);
    assertEquals("outer own-outer own-outer alt \nenv", run("args", "cat /said"));
    assertEquals("{\"l\":\"own-outer\"}", config("args", "Labels"));
    build(file, "-t", "args", "--build-arg", "BASE=bb", "--build-arg", "OWN=given");
    assertEquals("outer given given alt \nenv", run("args", "cat /said"));
    build(
        "FROM bb\nRUN echo $HTTP_PROXY > /p\n",
        "-t",
        "proxy",
        "--build-arg",
        "HTTP_PROXY=http://p");
    assertEquals("http://p", run("proxy", "cat /p"));
    assertFalse(fixture.docker("history", "--no-trunc", "proxy").contains("http://p"));
  }

  @Test
  void runsHeredocs() throws Exception {
    build(
        """
        FROM bb
        RUN <<EOF
        X=1
        echo "x$X" > /shell
        EOF
        RUN <<EOF
        #!/bin/cat
        script
        EOF
        RUN cat <<ONE > /one && cat <<'TWO' > /two
        $HOME
        ONE
        $HOME
        TWO
        ARG V=v
        COPY <<EOF <<'RAW' /docs/
        $V
        EOF
        $V
        RAW
        """,
        "-t",
        "heredocs");
    assertEquals("x1", run("heredocs", "cat /shell"));
    assertEquals("/root", run("heredocs", "cat /one"));
    assertEquals("$HOME", run("heredocs", "cat /two"));
    assertEquals("v\n$V", run("heredocs", "cat /docs/EOF /docs/RAW"));
  }

  @Test
  void setsWhatContainersInherit() throws Exception {
    build(
        """
        FROM bb
        MAINTAINER me@example.com
        SHELL ["/bin/sh", "-ec"]
        HEALTHCHECK --interval=7s --retries=2 CMD test -f /x
        STOPSIGNAL SIGINT
        USER nobody
        WORKDIR /w/d
        WORKDIR e
        VOLUME ["/v 1"]
        EXPOSE 80 53/udp
        ENTRYPOINT echo hi
        CMD ["a", "b"]
        LABEL a="b c" d=e
        """,
        "-t",
        "config",
        "--label",
        "given=it's \"$x\"");
    assertEquals("[\"/bin/sh\",\"-ec\"]", config("config", "Shell"));
    assertEquals("[\"/bin/sh\",\"-ec\",\"echo hi\"]", config("config", "Entrypoint"));
    assertEquals("[\"a\",\"b\"]", config("config", "Cmd"));
    assertEquals("\"/w/d/e\"", config("config", "WorkingDir"));
    assertEquals("\"nobody\"", config("config", "User"));
    assertEquals("{\"/v 1\":{}}", config("config", "Volumes"));
    assertEquals("{\"53/udp\":{},\"80/tcp\":{}}", config("config", "ExposedPorts"));
    assertEquals("\"SIGINT\"", config("config", "StopSignal"));
    assertEquals(
        "{\"Test\":[\"CMD-SHELL\",\"test -f /x\"],\"Interval\":7000000000,\"Retries\":2}",
        config("config", "Healthcheck"));
    assertEquals(
        "{\"a\":\"b c\",\"d\":\"e\",\"given\":\"it's \\\"$x\\\"\"}", config("config", "Labels"));
    assertTrue(config("config", "Env").contains("PATH=/usr/local/sbin"), config("config", "Env"));
    assertEquals("me@example.com", fixture.docker("inspect", "-f", "{{.Author}}", "config"));
    build("FROM config\nENTRYPOINT [\"id\"]\n", "-t", "again");
    assertEquals("null", config("again", "Cmd"));
  }

  @Test
  void triggersRunInTheNextBuild() throws Exception {
    build("FROM bb\nONBUILD COPY a.txt /triggered\nONBUILD RUN echo t > /t\n", "-t", "trigger");
    String said = build("FROM trigger\nRUN cat /triggered /t\n", "-t", "triggered");
    assertTrue(said.contains("# Executing 2 build triggers"), said);
    assertEquals("a", run("triggered", "cat /triggered"));
    assertEquals("null", config("triggered", "OnBuild"));
    fails("FROM bb\nONBUILD ONBUILD RUN x", "isn't allowed");
  }

  @Test
  void leavesOutWhatIsIgnored() throws Exception {
    file(".dockerignore", "# c\n**/*.md\n!dir/sub/keep.md\ndir/b*\nDockerfile\n");
    file("dir/sub/keep.md", "k");
    String dockerfile = "FROM bb\nCOPY . /all\nRUN cd /all && find . -type f | sort > /list\n";
    build(dockerfile, "-t", "ignored");
    assertEquals("./.dockerignore\n./a.txt\n./dir/sub/keep.md", run("ignored", "cat /list"));
    // Who asks the API without the client is served the same.
    file("Dockerfile", dockerfile);
    Path tar = context.resolveSibling(context.getFileName() + ".tar");
    Commands.check("tar", "-C", context.toString(), "-cf", tar.toString(), ".");
    String answer =
        Commands.check(
            "curl",
            "-s",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "-H",
            "Content-Type: application/x-tar",
            "--data-binary",
            "@" + tar,
            "http://d/v1.44/build?t=api&nocache=1");
    Files.delete(tar);
    assertTrue(answer.contains("Successfully tagged api:latest"), answer);
    assertEquals("./.dockerignore\n./a.txt\n./dir/sub/keep.md", run("api", "cat /list"));
  }

  @Test
  void findsWhatWasBuiltBefore() throws Exception {
    String dockerfile = "FROM bb\nENV N=1\nCOPY dir /d\nARG A=0\nRUN echo $A > /x\nCMD [\"x\"]\n";
    build(dockerfile, "-t", "cache", "--no-cache");
    String id = fixture.docker("inspect", "-f", "{{.Id}}", "cache");
    assertEquals(5, cached(build(dockerfile, "-t", "cache")));
    assertEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", "cache"));
    Commands.check("touch", "-d", "2001-01-01", context.resolve("dir/b.txt").toString());
    assertEquals(5, cached(build(dockerfile)));
    assertEquals(3, cached(build(dockerfile, "--build-arg", "A=1")));
    assertEquals(0, cached(build(dockerfile, "--no-cache", "-t", "cache")));
    assertNotEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", "cache"));
    file("dir/b.txt", "changed");
    assertEquals(1, cached(build(dockerfile)));
    file("dir/b.txt", "b");
    Commands.check("chmod", "600", context.resolve("dir/b.txt").toString());
    assertEquals(1, cached(build(dockerfile)));
    Commands.check("chmod", "644", context.resolve("dir/b.txt").toString());
    fixture.reopen();
    assertEquals(5, cached(build(dockerfile)));
    String shown = fixture.docker("images", "-q");
    String all = fixture.docker("images", "-aq");
    assertTrue(all.lines().count() > shown.lines().count() + 3, all);
  }

  @Test
  void forgetsWhatIsPruned() throws Exception {
    String dockerfile = "FROM bb AS one\nRUN echo 1 > /f\nFROM bb\nCOPY --from=one /f /f\n";
    build(dockerfile, "-t", "pruned", "--no-cache");
    assertEquals(2, cached(build(dockerfile)));
    String said = fixture.docker("builder", "prune", "-f");
    assertTrue(said.contains("Total"), said);
    assertEquals("1", run("pruned", "cat /f"));
    assertEquals(1, cached(build(dockerfile, "-t", "pruned2")));
  }

  @Test
  void buildsUpToATarget() throws Exception {
    String dockerfile = "FROM bb AS one\nRUN echo 1 > /f\nFROM one AS two\nRUN exit 9\n";
    build(dockerfile, "--target", "ONE", "-t", "target");
    assertEquals("1", run("target", "cat /f"));
    fails(dockerfile, "failed to reach build target three in Dockerfile", "--target", "three");
  }

  @Test
  void failsWithTheCodeOfTheStep() throws Exception {
    Output output = attempt("FROM bb\nRUN touch /kept\nRUN echo before; exit 7\n", "--force-rm");
    assertEquals(7, output.exit(), output.text());
    assertTrue(
        output
            .text()
            .contains("The command '/bin/sh -c echo before; exit 7' returned a non-zero code: 7"),
        output.text());
    assertEquals("", fixture.docker("ps", "-aq"));
    assertEquals("image.build", lastOperation());
    assertEquals(1, cached(attempt("FROM bb\nRUN touch /kept\nRUN exit 8\n", "--force-rm").text()));
    assertEquals(1, attempt("FROM bb\nRUN [\"nosuch\"]\n", "--force-rm").exit());
    attempt("FROM bb\nRUN exit 7\n");
    String left = fixture.docker("ps", "-aq");
    assertEquals(1, left.lines().count());
    fixture.docker("rm", left);
  }

  private static String lastOperation() throws Exception {
    return fixture.receipts().since(java.time.Instant.EPOCH).getLast().operation();
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    fails("FROM bb\nRUN --mount=type=cache,target=/c true", "requires BuildKit");
    fails("FROM bb\nRUN --nosuch true", "unknown flag: --nosuch");
    fails("FROM bb\nNOSUCH", "unknown instruction: NOSUCH");
    fails("FROM scratch\nRUN true", "RUN on scratch");
    fails("FROM bb\nADD git://example.com/x /y", "git repositories are not supported");
    fails("", "file with no instructions");
  }

  @Test
  void saysWhereAnImageComesFrom() throws Exception {
    build("FROM bb\nCOPY a.txt /\n", "-t", "stated", "--build-arg", "HTTP_PROXY=x");
    String envelope =
        Commands.check(
            "curl",
            "-sf",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "http://d/images/stated/provenance");
    SignedStatement signed = SignedStatement.read(envelope.getBytes(StandardCharsets.UTF_8));
    Path key = Files.writeString(context.resolve("key.pem"), fixture.signer().publicKey().pem());
    assertTrue(signed.isSignedBy(key));
    Path other = Files.writeString(context.resolve("other.pem"), anotherKey());
    assertFalse(signed.isSignedBy(other));
    JsonNode json = Json.MAPPER.readTree(signed.statement());
    assertEquals("https://slsa.dev/provenance/v1", json.path("predicateType").stringValue());
    String id = fixture.docker("inspect", "-f", "{{.Id}}", "stated");
    assertEquals(
        id, "sha256:" + json.at("/subject/0/digest/sha256").stringValue(), json.toString());
    JsonNode definition = json.at("/predicate/buildDefinition");
    assertEquals("x", definition.at("/externalParameters/buildArgs/HTTP_PROXY").stringValue());
    String base = fixture.docker("inspect", "-f", "{{.Id}}", "bb");
    assertEquals(
        base, "sha256:" + definition.at("/resolvedDependencies/2/digest/sha256").stringValue());
    Step receipt = fixture.receipts().since(Instant.EPOCH).getLast();
    assertEquals("image.build", receipt.operation());
    Map<String, String> named = new HashMap<>();
    receipt.subjects().forEach(one -> named.put(one.name(), one.digest().toString()));
    assertEquals(id, named.get("image/docker.io/library/stated:latest"));
    assertEquals(base, named.get("base/bb"));
    assertEquals(
        "sha256:" + definition.at("/resolvedDependencies/0/digest/sha256").stringValue(),
        named.get("dockerfile/Dockerfile"));
    assertEquals(
        "sha256:" + definition.at("/resolvedDependencies/1/digest/sha256").stringValue(),
        named.get("context"));
    assertEquals(
        Sha256.of(envelope.getBytes(StandardCharsets.UTF_8)).toString(),
        named.get("provenance/" + id));
    fixture.reopen();
    assertEquals(
        envelope,
        Commands.check(
            "curl",
            "-sf",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "http://d/images/stated/provenance"));
  }

  private static String anotherKey() throws Exception {
    return io.metanode.crypto.PrivateKeySigner.generate(
            new io.metanode.foundation.SystemRandomness())
        .publicKey()
        .pem();
  }

  @Test
  void commitsContainers() throws Exception {
    fixture.docker(
        "run",
        "--name",
        "edited",
        "bb",
        "sh",
        "-c",
        "rm /etc/group; rm -r /tmp; mkdir /tmp; echo n > /tmp/n; ln /tmp/n /tmp/m; touch /etc/passwd");
    String id =
        fixture.docker(
            "commit",
            "-a",
            "me",
            "-m",
            "why",
            "-c",
            "ENV X=1",
            "-c",
            "CMD [\"cat\",\"/tmp/m\"]",
            "edited",
            "committed:1");
    assertEquals("container.commit", lastOperation());
    assertEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", "committed:1"));
    assertEquals("n", fixture.docker("run", "--rm", "committed:1"));
    assertEquals("no 1", run("committed:1", "test -e /etc/group || echo no $X"));
    assertEquals(
        "me why", fixture.docker("inspect", "-f", "{{.Author}} {{.Comment}}", "committed:1"));
    Path saved = context.resolve("saved.tar");
    fixture.docker("save", "-o", saved.toString(), "committed:1");
    fixture.docker("rmi", "committed:1");
    fixture.docker("load", "-i", saved.toString());
    assertEquals("n", fixture.docker("run", "--rm", "committed:1"));
    assertEquals("no", run("committed:1", "test -e /etc/group || echo no"));
    fixture.docker("rm", "edited");
    fixture.docker("run", "-d", "--name", "going", "bb", "sleep", "100");
    fixture.docker("commit", "going", "committed:2");
    assertEquals("true", fixture.docker("inspect", "-f", "{{.State.Running}}", "going"));
    fixture.docker("rm", "-f", "going");
    assertTrue(fixture.attempt("commit", "nosuch").text().contains("No such container: nosuch"));
  }

  @Test
  void layersAreWhatTheirArchivesSay() throws Exception {
    build(
        "FROM bb\nRUN mkdir /m && echo x > /m/x && rm -r /tmp && mkdir /tmp && mkfifo /m/p\n"
            + "COPY dir /m/d\nRUN rm /m/d/b.txt && chmod 700 /m\n",
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
