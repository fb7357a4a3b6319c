package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shared memory between containers, and parts of volumes, by the real client. */
@Timeout(120)
class DockerSharingIT {

  private static DockLockFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
  }

  @AfterEach
  void sweep() throws Exception {
    for (String id : fixture.docker("ps", "-aq").lines().toList()) {
      fixture.docker("rm", "-f", id);
    }
    Eventually.equal(
        "the containers' mounts",
        List.of(),
        () ->
            Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(mount -> mount.contains(fixture.directory() + "/home/containers/"))
                .toList());
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static String run(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "run";
    command[1] = "--rm";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return fixture.docker(command);
  }

  private static void refused(String why, String... command) throws Exception {
    Commands.Output output = fixture.attempt(command);
    assertNotEquals(0, output.exit());
    assertTrue(output.text().contains(why), output.text());
  }

  @Test
  void memoryOfAShareableContainerIsShared() throws Exception {
    fixture.docker(
        "run",
        "-d",
        "--name",
        "donor",
        "--ipc",
        "shareable",
        "--shm-size",
        "8m",
        "bb",
        "sleep",
        "300");
    fixture.docker("exec", "donor", "sh", "-c", "echo from-donor > /dev/shm/x");
    assertEquals(
        "from-donor",
        run(
            "--ipc",
            "container:donor",
            "bb",
            "sh",
            "-c",
            "cat /dev/shm/x; echo back > /dev/shm/y"));
    assertEquals("back", fixture.docker("exec", "donor", "cat", "/dev/shm/y"));
    assertEquals(
        fixture.docker("exec", "donor", "readlink", "/proc/self/ns/ipc"),
        run("--ipc", "container:donor", "bb", "readlink", "/proc/self/ns/ipc"));
    assertTrue(fixture.docker("exec", "donor", "df", "-k", "/dev/shm").contains(" 8192 "));
    fixture.docker("restart", "-t", "0", "donor");
    assertEquals("", fixture.docker("exec", "donor", "ls", "/dev/shm"));
  }

  @Test
  void memoryOutlivesTheEngine() throws Exception {
    fixture.docker("run", "-d", "--name", "donor", "--ipc", "shareable", "bb", "sleep", "300");
    fixture.docker("exec", "donor", "sh", "-c", "echo kept > /dev/shm/x");
    fixture.reopen();
    assertEquals("kept", run("--ipc", "container:donor", "bb", "cat", "/dev/shm/x"));
  }

  @Test
  void memoryThatIsNotSharedIsNotJoined() throws Exception {
    fixture.docker("run", "-d", "--name", "own", "bb", "sleep", "300");
    refused("non-shareable IPC", "run", "--ipc", "container:own", "bb", "true");
    fixture.docker("create", "--name", "idle", "--ipc", "shareable", "bb", "true");
    refused("is not running", "run", "--ipc", "container:idle", "bb", "true");
    refused("No such container", "run", "--ipc", "container:nobody", "bb", "true");
    refused("invalid IPC mode", "run", "--ipc", "container:", "bb", "true");
    refused("invalid IPC mode", "run", "--ipc", "open", "bb", "true");
    assertEquals("private", fixture.docker("inspect", "-f", "{{.HostConfig.IpcMode}}", "own"));
  }

  @Test
  void noneAndHost() throws Exception {
    assertEquals(
        "no", run("--ipc", "none", "bb", "sh", "-c", "[ -e /dev/shm ] && echo yes || echo no"));
    Path there = Files.createTempFile(Path.of("/dev/shm"), "mn", "");
    try {
      String seen = run("--ipc", "host", "bb", "ls", there.toString());
      assertEquals(there.toString(), seen);
      assertEquals(
          Files.readSymbolicLink(Path.of("/proc/self/ns/ipc")).toString(),
          run("--ipc", "host", "bb", "readlink", "/proc/self/ns/ipc"));
    } finally {
      Files.delete(there);
    }
  }

  private static void removeVolume() throws Exception {
    for (String id : fixture.docker("ps", "-aq").lines().toList()) {
      fixture.docker("rm", "-f", id);
    }
    fixture.docker("volume", "rm", "vol");
  }

  private static String part(String volume, String subpath, String more) {
    return "type=volume,src=" + volume + ",dst=/part,volume-subpath=" + subpath + more;
  }

  @Test
  void partOfAVolume() throws Exception {
    run(
        "-v",
        "vol:/v",
        "bb",
        "sh",
        "-c",
        "mkdir -p /v/a/b /v/c; echo deep > /v/a/b/f; echo x > /v/top");
    assertEquals("f", run("--mount", part("vol", "a/b", ""), "bb", "ls", "/part"));
    assertEquals("x", run("--mount", part("vol", "top", ""), "bb", "cat", "/part"));
    run("--mount", part("vol", "a", ""), "bb", "sh", "-c", "echo new > /part/g");
    assertEquals("new", run("-v", "vol:/v", "bb", "cat", "/v/a/g"));
    refused(
        "Read-only", "run", "--mount", part("vol", "a", ",readonly"), "bb", "touch", "/part/no");
    fixture.docker("create", "--name", "files", "--mount", part("vol", "a/b", ""), "bb");
    Path out = fixture.directory().resolve("out");
    fixture.docker("cp", "files:/part/f", out.toString());
    assertEquals("deep\n", Files.readString(out));
    removeVolume();
  }

  @Test
  void nothingOutsideOfTheVolumeIsReached() throws Exception {
    run(
        "-v",
        "vol:/v",
        "bb",
        "sh",
        "-c",
        "ln -s /etc /v/out; ln -s ../../../../etc /v/up; mkdir /v/d");
    refused("escapes the base", "run", "--mount", part("vol", "out", ""), "bb", "true");
    refused("escapes the base", "run", "--mount", part("vol", "up", ""), "bb", "true");
    refused("cannot access path", "run", "--mount", part("vol", "no/such", ""), "bb", "true");
    refused("relative path", "run", "--mount", part("vol", "../d", ""), "bb", "true");
    refused("relative path", "run", "--mount", part("vol", "/d", ""), "bb", "true");
    refused(
        "anonymous volumes", "run", "--mount", "type=volume,dst=/p,volume-subpath=d", "bb", "true");
    removeVolume();
  }
}
