package io.metanode.containers.build.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * One instruction as it stands in the file, its lines joined, its variables not replaced.
 *
 * @param line where it begins, from 1
 * @param keyword in capitals, for example {@code COPY}
 * @param original all of it, as the build's output shows it
 * @param flags the words before the arguments that begin with {@code --}
 * @param arguments what follows
 * @param heredocs in the order they are named
 */
public record Instruction(
    int line,
    String keyword,
    String original,
    List<String> flags,
    String arguments,
    List<Heredoc> heredocs) {

  public Instruction {
    flags = List.copyOf(flags);
    heredocs = List.copyOf(heredocs);
  }

  /** The value of the flag {@code --name=value}; the last one wins. */
  public Optional<String> flag(String name) {
    String prefix = "--" + name + "=";
    return flags.stream()
        .filter(flag -> flag.startsWith(prefix))
        .map(flag -> flag.substring(prefix.length()))
        .reduce((first, second) -> second);
  }

  /** Whether a flag without value is there, or with {@code true}. */
  public boolean isSet(String name) {
    return flags.contains("--" + name) || flag(name).filter("true"::equals).isPresent();
  }

  /**
   * Refuses flags the instruction does not have.
   *
   * @throws DockerfileException naming the first
   */
  public void allowFlags(String... names) throws DockerfileException {
    for (String flag : flags) {
      String name = flag.substring(2).split("=", 2)[0];
      if (!List.of(names).contains(name)) {
        throw new DockerfileException("unknown flag: --" + name).at(line);
      }
    }
  }
}
