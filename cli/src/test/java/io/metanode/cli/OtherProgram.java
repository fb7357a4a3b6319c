package io.metanode.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A class with a main method, in a process of its own. */
public final class OtherProgram {

  private OtherProgram() {}

  /** Starts one with the class path of this process; it complains where this process does. */
  public static Process start(Class<?> program, Path argument) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                argument.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
