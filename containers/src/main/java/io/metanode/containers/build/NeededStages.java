package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.Dockerfile.Stage;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which stages a target is made from: those it begins with, copies from, or mounts. */
final class NeededStages {

  private NeededStages() {}

  /**
   * @param lexer knows what {@code FROM} knows
   * @return in order, the target last
   */
  static List<Stage> of(Dockerfile dockerfile, Stage target, WordLexer lexer)
      throws DockerfileException {
    TreeSet<Integer> needed = new TreeSet<>();
    Deque<Stage> pending = new ArrayDeque<>(List.of(target));
    while (!pending.isEmpty()) {
      Stage stage = pending.pop();
      if (needed.add(stage.index())) {
        for (String name : names(stage, lexer)) {
          dockerfile.stage(name, stage.index()).ifPresent(pending::push);
        }
      }
    }
    return needed.stream().map(dockerfile.stages()::get).toList();
  }

  private static List<String> names(Stage stage, WordLexer lexer) throws DockerfileException {
    List<String> names = new ArrayList<>(List.of(lexer.word(stage.base())));
    for (Instruction step : stage.steps()) {
      step.flag("from").ifPresent(names::add);
      for (String flag : step.flags()) {
        if (flag.startsWith("--mount=")) {
          Stream.of(flag.substring("--mount=".length()).split(",", -1))
              .filter(field -> field.startsWith("from="))
              .forEach(field -> names.add(field.substring("from=".length())));
        }
      }
    }
    return names;
  }
}
