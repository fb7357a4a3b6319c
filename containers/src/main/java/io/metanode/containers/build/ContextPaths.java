package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Arguments;
import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.Dockerfile.Stage;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which paths of its context a build names, where its Dockerfile says so: without variables in
 * them, and without triggers of images that are not known yet.
 */
final class ContextPaths {

  private final char escape;
  private final WordLexer lexer;
  private final TreeSet<String> paths = new TreeSet<>();
  private boolean all;

  private ContextPaths(char escape, WordLexer lexer) {
    this.escape = escape;
    this.lexer = lexer;
  }

  /**
   * The paths, patterns among them; empty if all of the context may be read.
   *
   * @param stages that are built
   * @param lexer knows what {@code FROM} knows
   * @param plain whether an image is here and has no triggers
   */
  static Optional<List<String>> of(
      Dockerfile dockerfile, List<Stage> stages, WordLexer lexer, Predicate<String> plain)
      throws DockerfileException {
    ContextPaths named = new ContextPaths(dockerfile.escape(), lexer);
    for (Stage stage : stages) {
      String base = lexer.word(stage.base());
      boolean known =
          base.toLowerCase(Locale.ROOT).equals("scratch")
              || dockerfile
                  .stage(base, stage.index())
                  .filter(earlier -> earlier.name().equalsIgnoreCase(base))
                  .isPresent()
              || plain.test(base);
      named.all |= !known;
      for (Instruction step : stage.steps()) {
        named.add(step);
      }
    }
    return named.all ? Optional.empty() : Optional.of(List.copyOf(named.paths));
  }

  private void add(Instruction step) throws DockerfileException {
    switch (step.keyword()) {
      case "COPY", "ADD" -> {
        if (step.flag("from").isEmpty()) {
          copied(step);
        }
      }
      case "RUN" -> {
        boolean fixed = step.flags().stream().noneMatch(flag -> flag.indexOf('$') >= 0);
        all |= !fixed;
        for (RunMount mount : fixed ? RunMount.of(step, lexer) : List.<RunMount>of()) {
          if (mount.type() == RunMount.Type.BIND && mount.option("from").isEmpty()) {
            add(mount.option("source"));
          }
        }
      }
      case "ONBUILD" -> all = true;
      default -> {
        // reads nothing of the context
      }
    }
  }

  private void copied(Instruction step) throws DockerfileException {
    Optional<List<String>> exec = Arguments.exec(step.arguments());
    List<String> words =
        exec.isPresent() ? exec.get() : WordLexer.rawWords(step.arguments(), escape);
    for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
      boolean elsewhere =
          word.startsWith("<<") || (step.keyword().equals("ADD") && Download.isAddress(word));
      if (!elsewhere) {
        add(word.indexOf('$') >= 0 ? "" : lexer.word(word));
      }
    }
  }

  /** What climbs, stands for all there is, or would be read as "not" is left to who copies. */
  private void add(String path) {
    String relative = path.replaceAll("^(\\.?/+)+", "").replaceAll("/+$", "");
    if (relative.isEmpty()
        || relative.equals(".")
        || relative.contains("..")
        || relative.startsWith("!")) {
      all = true;
    } else {
      paths.add(relative);
    }
  }
}
