package io.metanode.node.process;

import io.metanode.foundation.SystemClock;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node as a process of its own, whose wall clock a test sets ahead. */
final class AheadNode {

  private static final String MAIN = "io.metanode.node.AheadNodeMain";
  private static final long HOUR_MILLIS = 3_600_000;

  private final Path home;
  private Duration ahead = Duration.ZERO;
  private Optional<Process> process = Optional.empty();

  AheadNode(Path home) {
    this.home = home;
  }

  /** What its clock says, about. */
  Instant now() {
    return SystemClock.INSTANCE.now().plus(ahead);
  }

  /** Sets its clock to so long before the end of an hour, for the next start. */
  void setBeforeHoursEnd(Duration left) {
    long now = now().toEpochMilli();
    ahead = ahead.plusMillis(HOUR_MILLIS - now % HOUR_MILLIS - left.toMillis());
    if (ahead.isNegative()) {
      ahead = ahead.plusMillis(HOUR_MILLIS);
    }
  }

  void setLater(Duration by) {
    ahead = ahead.plus(by);
  }

  /** Returns once it serves. */
  void start() throws Exception {
    Path log = Files.createDirectories(home.resolve("log")).resolve("ahead.out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.add(Long.toString(ahead.toMillis()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("METANODE_HOME", home.toString());
    Files.deleteIfExists(home.resolve("node.json"));
    Process started = builder.start();
    process = Optional.of(started);
    Eventually.holds(
        "the node ends or is ready",
        () -> !started.isAlive() || Files.exists(home.resolve("node.json")));
    if (!started.isAlive()) {
      throw new IOException(Files.readString(log));
    }
  }

  /** As a crash would. */
  void kill() {
    process.ifPresent(running -> running.destroyForcibly().onExit().join());
  }

  /** In order. */
  void stop() {
    process.ifPresent(
        running -> {
          running.destroy();
          running.onExit().join();
        });
  }
}
