package io.metanode.containers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Which step of a plan failed (docs/formats/launch-plan.md), as runc says it.
 *
 * @param argument the step's first word
 * @param errno 0 where nothing was found on the search path
 */
record LaunchFailure(String step, String argument, int errno) {

  private static final String ALL = "exec failed: unable to start container process: ";
  private static final int WORDS = 4;

  static Optional<LaunchFailure> read(RunDirectory directory) {
    try {
      String text = new String(Files.readAllBytes(directory.launchFailure()), UTF_8);
      String[] words = text.split("\0", -1);
      return words.length == WORDS
          ? Optional.of(new LaunchFailure(words[0], words[1], Integer.parseInt(words[2])))
          : Optional.empty();
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  String text() {
    if (step.equals("cwd") && !argument.startsWith("/")) {
      return "exec failed: Cwd must be an absolute path";
    }
    return ALL
        + switch (step) {
          case "exec" -> "exec: \"" + argument + "\": " + program();
          case "cwd" ->
              "chdir to cwd (\"" + argument + "\") set in config.json failed: " + reason();
          default -> step + " " + argument + ": " + reason();
        };
  }

  private String program() {
    return switch (errno) {
      case 0 -> "executable file not found in $PATH";
      case 13 -> reason();
      default -> "stat " + argument + ": " + reason();
    };
  }

  /** In the words of Go, which writes them in lower case. */
  private String reason() {
    return switch (errno) {
      case 1 -> "operation not permitted";
      case 2 -> "no such file or directory";
      case 3 -> "no such process";
      case 10 -> "no child processes";
      case 12 -> "cannot allocate memory";
      case 13 -> "permission denied";
      case 20 -> "not a directory";
      case 22 -> "invalid argument";
      case 36 -> "file name too long";
      case 40 -> "too many levels of symbolic links";
      default -> "errno " + errno;
    };
  }
}
