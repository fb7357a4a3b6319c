package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import org.junit.jupiter.api.Test;

/** The real {@code docker} client runs containers on the whole engine. */
class DockerRunIT extends WithDockLock {

  @Test
  void runsAndRemoves() throws Exception {
    assertEquals("hello", fixture.docker("run", "--rm", "--name", "gone", "bb", "echo", "hello"));
    assertEquals("", fixture.docker("ps", "-aq", "--filter", "name=gone"));
  }

  @Test
  void passesExitCodesOn() throws Exception {
    assertEquals(7, fixture.attempt("run", "--rm", "bb", "sh", "-c", "exit 7").exit());
    assertEquals(127, fixture.attempt("run", "--rm", "bb", "nosuch").exit());
    assertEquals(126, fixture.attempt("run", "--rm", "bb", "/etc/passwd").exit());
    assertEquals(125, fixture.attempt("run", "--rm", "--pull=never", "nosuchimage:1").exit());
  }

  @Test
  void executesLogsAndStops() throws Exception {
    fixture.docker("run", "-d", "--name", "server", "bb", "sh", "-c", "echo up; sleep 1000");
    assertEquals("in", fixture.docker("exec", "server", "echo", "in"));
    assertEquals(3, fixture.attempt("exec", "server", "sh", "-c", "exit 3").exit());
    assertEquals("up", fixture.docker("logs", "server"));
    fixture.docker("stop", "-t", "0", "server");
    assertEquals(
        "exited 137",
        fixture.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "server"));
    Commands.Output refused = fixture.attempt("exec", "server", "true");
    assertTrue(refused.text().contains("is not running"), refused.text());
    fixture.docker("rm", "server");
  }

  @Test
  void containersOutliveTheEngine() throws Exception {
    fixture.docker("run", "-d", "--name", "lasting", "bb", "sh", "-c", "echo one; sleep 1000");
    fixture.reopen();
    assertEquals("true", fixture.docker("inspect", "-f", "{{.State.Running}}", "lasting"));
    assertEquals("two", fixture.docker("exec", "lasting", "echo", "two"));
    assertEquals("one", fixture.docker("logs", "lasting"));
    fixture.docker("rm", "-f", "lasting");
  }

  @Test
  void anEngineLeavesAnotherOnesContainersAlone() throws Exception {
    fixture.docker("run", "-d", "--name", "mine", "bb", "sleep", "1000");
    new DockLockFixture().close();
    assertEquals("true", fixture.docker("inspect", "-f", "{{.State.Running}}", "mine"));
    assertEquals("alive", fixture.docker("exec", "mine", "echo", "alive"));
    fixture.docker("rm", "-f", "mine");
  }
}
