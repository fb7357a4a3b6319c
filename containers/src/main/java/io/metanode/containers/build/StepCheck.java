package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import io.metanode.containers.image.JsonFields;
import java.util.Optional;
import java.util.Set;

/** Finds before a build begins what can be wrong with its instructions whatever variables hold. */
final class StepCheck {

  private static final Set<String> CHECKED =
      Set.of("CMD", "ENTRYPOINT", "ENV", "LABEL", "SHELL", "HEALTHCHECK", "ONBUILD", "USER");

  private StepCheck() {}

  /**
   * @throws DockerfileException in Docker's words, with the line
   */
  static void all(Dockerfile dockerfile) throws DockerfileException {
    for (Dockerfile.Stage stage : dockerfile.stages()) {
      for (Instruction step : stage.steps()) {
        try {
          one(step, dockerfile.escape());
        } catch (DockerfileException e) {
          throw String.valueOf(e.getMessage()).startsWith("dockerfile parse error")
              ? e
              : e.at(step.line());
        }
      }
    }
  }

  private static void one(Instruction step, char escape) throws DockerfileException {
    switch (step.keyword()) {
      case "RUN" -> {
        var _ =
            RunStep.read(step, ConfigChanges.DEFAULT_SHELL, new WordLexer(escape, Optional::of));
      }
      case "COPY" -> step.allowFlags(StageBuild.COPY_FLAGS);
      case "ADD" -> step.allowFlags(StageBuild.ADD_FLAGS);
      default -> {
        if (CHECKED.contains(step.keyword())) {
          var _ =
              new ConfigChanges(JsonFields.MAPPER.createObjectNode(), escape, Optional::of)
                  .apply(step);
        }
      }
    }
  }
}
