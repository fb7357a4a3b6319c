package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Arguments;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Heredoc;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code RUN}: what is run.
 *
 * @param command all its words
 * @param script a file the container finds at {@link #SCRIPT}; empty without
 * @param mounts what it sees besides
 * @param network of {@code --network}; empty for the build's
 */
record RunStep(
    List<String> command,
    Optional<String> script,
    List<RunMount> mounts,
    Optional<String> network) {

  /** Where a heredoc that is a script is to be found. */
  static final String SCRIPT = "/dev/pipes/script";

  RunStep {
    command = List.copyOf(command);
    mounts = List.copyOf(mounts);
  }

  static RunStep read(Instruction step, List<String> shell, WordLexer lexer)
      throws DockerfileException {
    step.allowFlags("network", "mount");
    List<RunMount> mounts = RunMount.of(step, lexer);
    Optional<String> network = step.flag("network");
    if (network.isPresent() && !List.of("default", "none", "host").contains(network.get())) {
      throw new DockerfileException("unsupported network mode \"" + network.get() + "\"")
          .at(step.line());
    }
    List<Heredoc> heredocs = step.heredocs();
    Optional<List<String>> exec = Arguments.exec(step.arguments());
    if (exec.isPresent() && !exec.get().isEmpty()) {
      return new RunStep(exec.get(), Optional.empty(), mounts, network);
    }
    if (heredocs.size() == 1 && isAlone(step.arguments(), heredocs.getFirst())) {
      String text = heredocs.getFirst().text();
      return text.startsWith("#!")
          ? new RunStep(List.of(SCRIPT), Optional.of(text), mounts, network)
          : new RunStep(shelled(shell, text), Optional.empty(), mounts, network);
    }
    StringBuilder text = new StringBuilder(step.arguments());
    for (Heredoc heredoc : heredocs) {
      text.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return new RunStep(shelled(shell, text.toString()), Optional.empty(), mounts, network);
  }

  private static boolean isAlone(String arguments, Heredoc heredoc) {
    return arguments.matches("\\d*<<-?[\"']?\\Q" + heredoc.name() + "\\E[\"']?");
  }

  private static List<String> shelled(List<String> shell, String text) {
    List<String> words = new ArrayList<>(shell);
    words.add(text);
    return words;
  }

  /** What the history says of it. */
  String said(List<String> arguments) {
    String words = String.join(" ", command) + script.map(text -> "\n" + text).orElse("");
    return arguments.isEmpty()
        ? words
        : "|" + arguments.size() + " " + String.join(" ", arguments) + " " + words;
  }
}
