package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStepTest {

  private static RunStep read(String text) throws DockerfileException {
    return RunStep.read(
        Dockerfile.parse("FROM x\n" + text).stages().getFirst().steps().getFirst(),
        List.of("/bin/sh", "-c"));
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
    assertThrows(DockerfileException.class, () -> read("RUN --mount=type=cache,target=/x a"));
    assertThrows(DockerfileException.class, () -> read("RUN --security=insecure a"));
  }
}
