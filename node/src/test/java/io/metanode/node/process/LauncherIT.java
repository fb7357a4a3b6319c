package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.cli.Program;
import io.metanode.cli.Version;
import io.metanode.cli.process.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
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
  void installedTreeWorksInAFolderWithSpaces() throws IOException {
    Path source = Path.of("..").toAbsolutePath().normalize();
    Path prefix = Files.createDirectories(directory.resolve("opt of ours"));
    Path program = Files.createDirectories(prefix.resolve("bin")).resolve("metanode");
    Files.copy(source.resolve("metanode"), program, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(prefix.resolve("libexec"));
    Files.createSymbolicLink(prefix.resolve("libexec/metanode"), source.resolve("launcher"));
    Files.createDirectories(prefix.resolve("lib"));
    Files.createSymbolicLink(prefix.resolve("lib/metanode"), Path.of("target").toAbsolutePath());
    Path link = Files.createSymbolicLink(directory.resolve("metanode"), program);
    for (String called : List.of(program.toString(), link.toString())) {
      Program installed =
          new Program(List.of("env", "-u", "METANODE_DIST", "-C", "/", called), Map.of())
              .with("METANODE_HOME", directory.resolve("a home").toString());
      assertTrue(installed.output("--version").startsWith("metanode "));
      assertTrue(installed.run("status").output().contains("a home"));
    }
  }

  @Test
  void systemdTakesTheUnit() throws IOException {
    assumeTrue(Program.isInstalled("systemd-analyze"), "needs systemd-analyze");
    Path packaged = Path.of("../packaging/metanode.service");
    Path unit = directory.resolve("metanode.service");
    String text = Files.readString(packaged).replace("/usr/bin/metanode", "/bin/true");
    Files.writeString(unit, text);
    Program verify = Program.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no");
    assertEquals("", verify.output(unit.toString()));
    Files.writeString(unit, text.replace("KillMode=process", "KillMode=nothing"));
    assertFalse(verify.run(unit.toString()).output().isEmpty());
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
