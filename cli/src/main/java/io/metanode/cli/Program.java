package io.metanode.cli;

import io.metanode.cli.process.Finished;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program with its leading arguments and environment, to be run with further arguments.
 *
 * @param command the program and its leading arguments
 * @param environment set on top of this process's own
 */
public record Program(List<String> command, Map<String, String> environment) {

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public static Program of(String... command) {
    return new Program(List.of(command), Map.of());
  }

  /** Whether a program of this name is on the PATH or in an sbin folder. */
  public static boolean isInstalled(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  public Program with(String key, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(key, value);
    return new Program(command, more);
  }

  /** Runs it to its end; its input is empty. */
  public Finished run(String... arguments) {
    try {
      Process process = builder(arguments).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), output);
    } catch (IOException e) {
      throw new CommandException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while " + command.getFirst() + " ran", e);
    }
  }

  /** Runs it to its end and gives back its output; anything but exit code 0 is an error. */
  public String output(String... arguments) {
    Finished finished = run(arguments);
    if (!finished.succeeded()) {
      throw new CommandException(
          line(arguments)
              + "\nended with exit code "
              + finished.exitCode()
              + ":\n"
              + finished.output().strip());
    }
    return finished.output();
  }

  /** Starts it with its output going to a file. */
  public Process start(Path output, String... arguments) throws IOException {
    return builder(arguments).redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private ProcessBuilder builder(String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command.stream(), Arrays.stream(arguments)).toList())
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** The command line as a person would type it. */
  public String line(String... arguments) {
    return String.join(
        " ",
        Stream.concat(command.stream(), Arrays.stream(arguments)).map(Program::quoted).toList());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
