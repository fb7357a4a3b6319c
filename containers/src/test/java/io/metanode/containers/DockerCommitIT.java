package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docker commit} by the real client. */
class DockerCommitIT extends BuildClient {

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
}
