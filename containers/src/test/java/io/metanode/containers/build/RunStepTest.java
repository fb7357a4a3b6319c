package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStepTest {

  private static RunStep read(String text) throws DockerfileException {
    return RunStep.read(
        Dockerfile.parse("FROM x\n" + text).stages().getFirst().steps().getFirst(),
        List.of("/bin/sh", "-c"),
        new WordLexer('\\', name -> Optional.of("<" + name + ">")));
  }

  @Test
  void mountsAreReadWithTheirOtherNames() throws Exception {
    RunMount cache = read("RUN --mount=type=cache,dst=/c/$X,sharing=locked a").mounts().getFirst();
    assertEquals(RunMount.Type.CACHE, cache.type());
    assertEquals("/c/<X>", cache.target("/w"));
    assertEquals("/c/<X>", cache.id());
    RunMount bind = read("RUN --mount=src=a,target=b,rw a").mounts().getFirst();
    assertEquals(RunMount.Type.BIND, bind.type());
    assertEquals("/w/b", bind.target("/w"));
    assertEquals("a", bind.option("source"));
    assertFalse(bind.isSet("readonly", true));
    RunMount secret = read("RUN --mount=type=secret,id=k,mode=0440 a").mounts().getFirst();
    assertEquals("/run/secrets/k", secret.target("/w"));
    assertEquals(0440, secret.number("mode", 8, 0));
    assertEquals("x", read("RUN --mount=type=secret,target=/d/x a").mounts().getFirst().id());
  }

  @Test
  void agentsLieBesideEachOther() throws Exception {
    List<RunMount> mounts =
        read("RUN --mount=type=ssh --mount=type=ssh,id=b,target=s --mount=type=ssh,required a")
            .mounts();
    assertEquals("/run/buildkit/ssh_agent.0", mounts.get(0).target("/w"));
    assertEquals("default", mounts.get(0).id());
    assertFalse(mounts.get(0).isSet("required", false));
    assertEquals("/w/s", mounts.get(1).target("/w"));
    assertEquals("b", mounts.get(1).id());
    assertEquals("/run/buildkit/ssh_agent.2", mounts.get(2).target("/w"));
    assertTrue(mounts.get(2).isSet("required", false));
  }

  @Test
  void mountsThatAreNotKnownAreRefused() {
    for (String wrong :
        List.of(
            "type=nosuch,target=/x",
            "type=ssh,source=x",
            "type=cache",
            "type=bind,source=x",
            "type=secret",
            "type=tmpfs,target=/x,id=y",
            "type=secret,id=x,env=Y")) {
      assertThrows(DockerfileException.class, () -> read("RUN --mount=" + wrong + " a"), wrong);
    }
  }

  @Test
  void theShellRunsWhatIsNotInExecForm() throws Exception {
    assertEquals(List.of("/bin/sh", "-c", "a  \"b\""), read("RUN a  \"b\"").command());
    assertEquals(List.of("a", "b c"), read("RUN [\"a\", \"b c\"]").command());
    assertEquals(List.of("/bin/sh", "-c", "[a]"), read("RUN [a]").command());
  }

  @Test
  void aHeredocIsTheTextOrAScript() throws Exception {
    assertEquals(List.of("/bin/sh", "-c", "a\nb\n"), read("RUN <<E\na\nb\nE").command());
    RunStep script = read("RUN <<'E'\n#!/bin/x\nb\nE");
    assertEquals(List.of(RunStep.SCRIPT), script.command());
    assertEquals(Optional.of("#!/bin/x\nb\n"), script.script());
    assertEquals(
        List.of("/bin/sh", "-c", "x <<E && y <<F\n1\nE\n2\nF"),
        read("RUN x <<E && y <<F\n1\nE\n2\nF").command());
  }

  @Test
  void theHistoryHasTheArguments() throws Exception {
    RunStep step = read("RUN a");
    assertEquals("/bin/sh -c a", step.said(List.of()));
    assertEquals("|2 x=1 y=2 /bin/sh -c a", step.said(List.of("x=1", "y=2")));
  }

  @Test
  void flagsAreMetOrRefused() throws Exception {
    assertEquals(Optional.of("none"), read("RUN --network=none a").network());
    assertThrows(DockerfileException.class, () -> read("RUN --network=other a"));
    assertThrows(DockerfileException.class, () -> read("RUN --security=insecure a"));
  }
}
