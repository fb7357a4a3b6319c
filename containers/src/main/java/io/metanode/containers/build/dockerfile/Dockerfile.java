package io.metanode.containers.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Dockerfile, read.
 *
 * @param escape the character that joins lines and quotes, {@code \} or {@code `}
 * @param globals the {@code ARG} instructions before the first {@code FROM}
 * @param stages at least one
 */
public record Dockerfile(char escape, List<Instruction> globals, List<Stage> stages) {

  public Dockerfile {
    globals = List.copyOf(globals);
    stages = List.copyOf(stages);
  }

  /**
   * One {@code FROM} and what follows it.
   *
   * @param name of {@code FROM … AS name}, in small letters; empty without
   * @param base what it is made from, variables not replaced
   * @param index from 0
   */
  public record Stage(
      int index, String name, String base, Instruction from, List<Instruction> steps) {

    public Stage {
      steps = List.copyOf(steps);
    }
  }

  /** Whether an instruction may begin with a word. */
  public static boolean isKeyword(String word) {
    return DockerfileParser.isKeyword(word);
  }

  /**
   * Reads one.
   *
   * @throws DockerfileException in Docker's words, with the line
   */
  public static Dockerfile parse(String text) throws DockerfileException {
    DockerfileParser parser = new DockerfileParser(text);
    List<Instruction> instructions = parser.instructions();
    if (instructions.isEmpty()) {
      throw new DockerfileException("file with no instructions");
    }
    List<Instruction> globals = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    List<Instruction> steps = new ArrayList<>();
    for (Instruction instruction : instructions) {
      if (instruction.keyword().equals("FROM")) {
        steps = new ArrayList<>();
        stages.add(stage(stages.size(), instruction, steps));
      } else if (!stages.isEmpty()) {
        steps.add(instruction);
        Stage open = stages.removeLast();
        stages.add(new Stage(open.index(), open.name(), open.base(), open.from(), steps));
      } else if (instruction.keyword().equals("ARG")) {
        globals.add(instruction);
      } else {
        throw new DockerfileException("no build stage in current context").at(instruction.line());
      }
    }
    if (stages.isEmpty()) {
      throw new DockerfileException("no build stage in current context");
    }
    return new Dockerfile(parser.escape(), globals, stages);
  }

  /** Reads a single instruction, such as a trigger of {@code ONBUILD}. */
  public static Instruction instruction(String text, int line, char escape)
      throws DockerfileException {
    return DockerfileParser.read(text.strip(), line, escape);
  }

  private static Stage stage(int index, Instruction from, List<Instruction> steps)
      throws DockerfileException {
    from.allowFlags("platform");
    String[] words = from.arguments().split("\\s+", -1);
    if (words.length == 1 && !words[0].isEmpty()) {
      return new Stage(index, "", words[0], from, steps);
    }
    if (words.length != 3 || !words[1].equalsIgnoreCase("AS")) {
      throw new DockerfileException("FROM requires either one or three arguments").at(from.line());
    }
    String name = words[2].toLowerCase(Locale.ROOT);
    if (!name.matches("[a-z][a-z0-9-_.]*")) {
      throw new DockerfileException(
              "invalid name for build stage: \""
                  + words[2]
                  + "\", name can't start with a number or contain symbols")
          .at(from.line());
    }
    return new Stage(index, name, words[0], from, steps);
  }

  /** A stage by its name, the newest first, or by its number; among those before {@code before}. */
  public Optional<Stage> stage(String nameOrNumber, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (stages.get(i).name().equals(nameOrNumber.toLowerCase(Locale.ROOT))
          && !nameOrNumber.isEmpty()) {
        return Optional.of(stages.get(i));
      }
    }
    if (nameOrNumber.matches("\\d{1,6}") && Integer.parseInt(nameOrNumber) < before) {
      return Optional.of(stages.get(Integer.parseInt(nameOrNumber)));
    }
    return Optional.empty();
  }
}
