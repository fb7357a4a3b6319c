package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Debian's {@code docker-registry} in one engine's network namespace, over data that both engines'
 * registries share. It only reads once the image is in it.
 */
final class LocalRegistry implements Closeable {

  static final int PORT = 5000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;

  private LocalRegistry(Process process) {
    this.process = process;
  }

  static LocalRegistry beside(Engine engine, Path directory) throws IOException {
    Path file = directory.resolve("registry-" + engine.name() + ".yml");
    Files.writeString(
        file,
        """
        version: 0.1
        log: {level: error, accesslog: {disabled: true}}
        storage: {filesystem: {rootdirectory: %s}, cache: {blobdescriptor: inmemory}}
        http: {addr: 127.0.0.1:%d}
        """
            .formatted(directory.resolve("registry"), PORT));
    String[] enter = {"nsenter", "--net", "--target", Long.toString(engine.pid()), "--"};
    Path log = directory.resolve("registry-" + engine.name() + ".log");
    Process process = Program.of(enter).start(log, "docker-registry", "serve", file.toString());
    LocalRegistry registry = new LocalRegistry(process);
    Program probe = Program.of(enter);
    boolean ready =
        Waiting.until(
            () ->
                !process.isAlive()
                    || probe
                        .run("sh", "-c", "curl -sf http://127.0.0.1:" + PORT + "/v2/")
                        .succeeded(),
            PATIENCE,
            "starting the registry");
    if (!ready || !process.isAlive()) {
      registry.close();
      throw new CommandException("docker-registry did not start:\n" + Files.readString(log));
    }
    return registry;
  }

  @Override
  public void close() {
    process.destroy();
    if (!Waiting.until(() -> !process.isAlive(), PATIENCE, "stopping the registry")) {
      process.destroyForcibly();
    }
  }
}
