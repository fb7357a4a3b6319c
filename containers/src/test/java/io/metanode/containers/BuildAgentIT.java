package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code RUN --mount=type=ssh}: OpenSSH's agent on the host, its client in the step. */
@Timeout(180)
class BuildAgentIT extends BuildClient {

  private static final String CLIENT = "/usr/bin/ssh-add";

  @TempDir Path keys;

  private Process agent;
  private String forwarded;

  @BeforeAll
  static void install() throws Exception {
    FetchedClients.plugin(fixture, "docker-buildx");
    assumeTrue(
        Commands.has("ssh-agent") && Commands.has("ssh-add"),
        "skipped: no ssh-agent on this host; Debian's openssh-client has it");
  }

  @BeforeEach
  void begin() throws Exception {
    Path socket = keys.resolve("agent");
    agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    for (int i = 0; i < 1000 && !Files.exists(socket); i++) {
      Thread.onSpinWait();
      Commands.run("true");
    }
    Path key = keys.resolve("key");
    Commands.check("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "k", "-f", key.toString());
    Commands.check("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", key.toString());
    forwarded = "default=" + socket;
    copy(Path.of(CLIENT));
    for (String word : Commands.check("ldd", CLIENT).split("\\s+", -1)) {
      if (word.startsWith("/")) {
        copy(Path.of(word));
      }
    }
    Files.copy(keys.resolve("key.pub"), context.resolve("client/key.pub"));
  }

  @AfterEach
  void end() throws Exception {
    agent.destroy();
    agent.waitFor();
  }

  private void copy(Path file) throws IOException {
    Path copy = context.resolve("client" + file);
    Files.createDirectories(copy.getParent());
    Files.copy(file.toRealPath(), copy);
  }

  @Override
  Output attempt(String dockerfile, String... options) throws Exception {
    file("Dockerfile", dockerfile);
    List<String> arguments = new ArrayList<>(List.of("buildx", "build", "--progress=plain"));
    arguments.addAll(List.of(options));
    arguments.add(context.toString());
    return Commands.run(fixture.command(arguments.toArray(String[]::new)).toArray(String[]::new));
  }

  private static List<Path> secrets() throws IOException {
    try (Stream<Path> left = Files.list(fixture.directory().resolve("run/secrets"))) {
      return left.toList();
    }
  }

  @Test
  void aStepUsesTheKeysOfTheClient() throws Exception {
    build(
        """
        FROM bb
        COPY client /
        RUN chmod 1777 /tmp
        RUN --mount=type=ssh ssh-add -l > /listed && ssh-add -T /key.pub && echo signed > /signed
        RUN --mount=type=ssh echo "$SSH_AUTH_SOCK" > /where && stat -c '%a %u %g' "$SSH_AUTH_SOCK" >> /where
        RUN --mount=type=ssh,id=default,target=/run/a,mode=0660,uid=99,gid=98,required=true \\
          test "$SSH_AUTH_SOCK" = /run/a && stat -c '%a %u %g' /run/a > /other
        RUN --mount=type=ssh --mount=type=ssh,target=/tmp/second --mount=type=ssh \\
          for s in /run/buildkit/ssh_agent.0 /tmp/second /run/buildkit/ssh_agent.2; do \\
          SSH_AUTH_SOCK=$s ssh-add -l || exit 1; done
        RUN --mount=type=ssh for i in 1 2 3 4 5 6 7 8 9; do ssh-add -l & done; wait; ssh-add -l
        RUN --mount=type=ssh,id=absent test ! -e "$SSH_AUTH_SOCK" && test -n "$SSH_AUTH_SOCK"
        USER nobody
        RUN --mount=type=ssh,mode=0666 ssh-add -l > /tmp/user
        RUN --mount=type=ssh,uid=99 ssh-add -l > /tmp/owner
        RUN --mount=type=ssh ! ssh-add -l
        """,
        "--ssh", forwarded, "-t", "ssh");
    String fingerprint =
        Commands.check("ssh-keygen", "-lf", keys.resolve("key.pub").toString()).strip();
    for (String file : List.of("/listed", "/tmp/user", "/tmp/owner")) {
      assertEquals(fingerprint, run("ssh", "cat " + file));
    }
    assertEquals("signed", run("ssh", "cat /signed"));
    assertEquals("/run/buildkit/ssh_agent.0 600 0 0", run("ssh", "echo $(cat /where)"));
    assertEquals("660 99 98", run("ssh", "cat /other"));
    assertEquals("0", run("ssh", "ls -d /run /tmp/second 2>/dev/null | wc -l"));
    assertTrue(!config("ssh", "Env").contains("SSH_AUTH_SOCK"), config("ssh", "Env"));
    assertEquals(List.of(), secrets());
    for (int i = 0; i < 100 && agentConnections() > 0; i++) {
      Commands.run("sleep", "0.1");
    }
    assertEquals(0, agentConnections(), "connections to the agent that are still open");
  }

  /** The agent's open sockets but the one it listens on. */
  private long agentConnections() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + agent.pid() + "/fd"))) {
      return files
              .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
              .map(BuildAgentIT::target)
              .filter(target -> target.startsWith("socket:"))
              .count()
          - 1;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void whatTheClientDoesNotForwardIsSaid() throws Exception {
    String required = "FROM bb\nRUN --mount=type=ssh,id=mine,required=true true\n";
    fails(required, "no SSH key \"mine\" forwarded from the client");
    fails(required, "no SSH key \"mine\" forwarded from the client", "--ssh", forwarded);
    build("FROM bb\nRUN --mount=type=ssh true\n");
    fails("FROM bb\nRUN --mount=type=ssh,size=1 true\n", "the option \"size\"");
    fails("FROM bb\nRUN --mount=type=ssh,mode=9 true\n", "invalid mode", "--ssh", forwarded);
    file("Dockerfile", "FROM bb\nRUN --mount=type=ssh true\n");
    List<String> classic = fixture.command("build", "--no-cache", context.toString());
    classic.add(1, "DOCKER_BUILDKIT=0");
    Output output = Commands.run(classic.toArray(String[]::new));
    assertTrue(
        output.text().contains("the SSH agent \"default\", which the classic builder's clients"),
        output.text());
    assertEquals(List.of(), secrets());
  }

  @Test
  void aStepThatIsCutOffLeavesNoConnection() throws Exception {
    Output output =
        attempt(
            "FROM bb\nCOPY client /\nRUN --mount=type=ssh ssh-add -l && exit 3\n",
            "--ssh",
            forwarded);
    assertEquals(1, output.exit(), output.text());
    assertTrue(output.text().contains("exit code: 3"), output.text());
    assertEquals(List.of(), secrets());
  }
}
