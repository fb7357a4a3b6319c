package io.metanode.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.receipts.ReceiptLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole engine with a real receipt log in a directory of its own, and the real client. */
public final class DockLockFixture {

  static final Path RUNC = Path.of("/usr/sbin/runc");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Digest POLICY = new Digest("0".repeat(64));
  private static final Policy ALLOW =
      request -> new Decision(Decision.Effect.ALLOW, "default", POLICY, "");

  private final Path directory;
  private final Signer signer;
  private final Policy policy;
  private final RegistrySettings registries;
  private final Clock clock = SystemClock.INSTANCE;
  private ReceiptLog receipts;
  private DockLock engine;

  public DockLockFixture() throws Exception {
    this(ALLOW);
  }

  public DockLockFixture(Policy policy) throws Exception {
    this(policy, RegistrySettings.DEFAULT);
  }

  public DockLockFixture(RegistrySettings registries) throws Exception {
    this(ALLOW, registries);
  }

  private DockLockFixture(Policy policy, RegistrySettings registries) throws Exception {
    this(policy, registries, Files.createTempDirectory("mn-"));
  }

  /** An engine that takes up what another, which may have been killed, has in its directory. */
  public static DockLockFixture at(Path directory) throws Exception {
    return new DockLockFixture(ALLOW, RegistrySettings.DEFAULT, directory);
  }

  private DockLockFixture(Policy policy, RegistrySettings registries, Path directory)
      throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(RUNC), "no runc at " + RUNC);
    assumeTrue(Commands.has("docker"), "no docker client on this host");
    assumeTrue(Files.isExecutable(BUSYBOX), "no " + BUSYBOX);
    this.policy = policy;
    this.registries = registries;
    this.directory = directory;
    Path key = directory.resolve("key");
    signer =
        Files.exists(key) ? KeyFile.ed25519(key) : KeyFile.newEd25519(key, new SystemRandomness());
    open();
  }

  private void open() throws IOException {
    receipts = ReceiptLog.open(directory.resolve("receipts"), signer, "test.example/log", clock);
    engine =
        DockLock.open(
            new DockLockConfig(
                directory.resolve("d.sock"),
                "rw-------",
                Optional.empty(),
                directory.resolve("home"),
                directory.resolve("run"),
                RUNC,
                LauncherChoice.AUTO,
                false,
                registries,
                "test"),
            receipts,
            receipts,
            policy,
            clock,
            new SystemRandomness());
    engine.start();
  }

  /** Closes the engine and opens another on the same data, as a restart of the node does. */
  public void reopen() throws Exception {
    reopen(() -> {});
  }

  /** What is done while no engine runs. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws Exception;
  }

  void reopen(Meanwhile meanwhile) throws Exception {
    engine.close();
    receipts.close();
    meanwhile.run();
    open();
  }

  /** Makes the image {@code bb} of the host's static busybox. */
  public void importBusybox() throws Exception {
    Path root = Files.createDirectories(directory.resolve("root"));
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("tmp"));
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnobody:x:99:99::/:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\nnobody:x:99:\n");
    for (String applet : Commands.check(BUSYBOX.toString(), "--list").lines().toList()) {
      if (!applet.equals("busybox")) {
        Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
      }
    }
    Path tar = directory.resolve("root.tar");
    Commands.check("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
    docker("import", "-c", "CMD [\"sh\"]", tar.toString(), "bb");
  }

  public DockLock engine() {
    return engine;
  }

  /** The key that signs. */
  public Signer signer() {
    return signer;
  }

  public ReceiptLog receipts() {
    return receipts;
  }

  public Path directory() {
    return directory;
  }

  public List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "DOCKER_CONFIG=" + directory.resolve("client"),
                "docker",
                "-H",
                "unix://" + engine.dockerSocket()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs the client; it must succeed. */
  public String docker(String... arguments) throws Exception {
    return Commands.check(command(arguments).toArray(String[]::new)).strip();
  }

  /** Runs the client, however it ends. */
  public Commands.Output attempt(String... arguments) throws Exception {
    return Commands.run(command(arguments).toArray(String[]::new));
  }

  /** Removes every container, closes everything, and removes the directory. */
  public void close() throws Exception {
    for (String id : docker("ps", "-aq").lines().toList()) {
      attempt("rm", "-f", id);
    }
    engine.close();
    receipts.close();
    Commands.run("rm", "-rf", directory.toString());
  }
}
