package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands.Output;
import org.junit.jupiter.api.Test;

/** {@code docker build} by the real client: the classic builder. */
class DockerBuildIT extends BuildClient {

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
  void buildsUpToATarget() throws Exception {
    String dockerfile = "FROM bb AS one\nRUN echo 1 > /f\nFROM one AS two\nRUN exit 9\n";
    build(dockerfile, "--target", "ONE", "-t", "target");
    assertEquals("1", run("target", "cat /f"));
    fails(dockerfile, "target stage \"three\" could not be found", "--target", "three");
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

  @Test
  void refusesWhatItCannotDo() throws Exception {
    fails("FROM bb\nRUN --mount=type=secret,id=s true", "build with docker buildx");
    fails("FROM bb\nRUN --nosuch true", "unknown flag: --nosuch");
    fails("FROM bb\nNOSUCH", "unknown instruction: NOSUCH");
    fails("FROM scratch\nRUN true", "RUN on scratch");
    fails("FROM bb\nADD git://example.com/x /y", "git repositories are not supported");
    fails("# nothing but words\n", "file with no instructions");
  }
}
