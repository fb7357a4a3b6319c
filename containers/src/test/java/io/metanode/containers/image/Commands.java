package io.metanode.containers.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs programs of the host, for tests against the real thing. */
public final class Commands {

  private Commands() {}

  /** What a program wrote, and how it ended. */
  public record Output(int exit, String text) {}

  /** Runs a program; standard error is part of the text. */
  public static Output run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  /** Runs a program that must succeed. */
  public static String check(String... command) throws IOException, InterruptedException {
    Output output = run(command);
    if (output.exit() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + output.text());
    }
    return output.text();
  }

  public static boolean has(String program) {
    return List.of("/usr/bin/", "/usr/local/bin/", "/usr/sbin/", "/bin/").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory + program)));
  }
}
