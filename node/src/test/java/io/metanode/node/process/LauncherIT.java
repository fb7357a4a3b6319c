package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.Program;
import io.metanode.cli.Version;
import io.metanode.cli.process.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

  @TempDir Path directory;

  private final Program launcher = TestNode.launcher();

  @Test
  void versionIsTheBuilds() {
    assertTrue(launcher.output("--version").startsWith("metanode " + Version.current()));
  }

  @Test
  void symlinkFromElsewhereWithoutAHomeWorks() throws IOException {
    Path link = directory.resolve("m");
    Files.createSymbolicLink(link, Path.of(launcher.command().getFirst()));
    Program elsewhere =
        new Program(
            List.of("env", "-u", "HOME", "-C", "/", link.toString()), launcher.environment());
    assertTrue(elsewhere.output("version").startsWith("metanode "));
  }

  @Test
  void jdkThatIsTooOldIsPassedOver() throws IOException {
    Path old = Files.createDirectories(directory.resolve("jdk-8/bin"));
    Files.createSymbolicLink(old.resolve("java"), Path.of("/bin/false"));
    Files.writeString(directory.resolve("jdk-8/release"), "JAVA_VERSION=\"1.8.0_1\"\n");
    Program withOld = launcher.with("JAVA_HOME", directory.resolve("jdk-8").toString());
    assertTrue(withOld.output("--version").startsWith("metanode "));
  }

  @Test
  void wrongUsageEndsWithTwoAndAHint() {
    Finished finished = launcher.run("statsu");
    assertEquals(2, finished.exitCode());
    assertTrue(finished.output().contains("status"), finished.output());
  }

  @Test
  void completionNamesTheCommands() {
    String script = launcher.output("completion");
    for (String command : List.of("up", "down", "status", "receipts", "quickstart", "bench")) {
      assertTrue(script.contains(command), command);
    }
  }
}
