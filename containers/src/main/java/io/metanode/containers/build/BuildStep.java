package io.metanode.containers.build;

import java.util.Set;

/**
 * A step of a build, as its output names it.
 *
 * @param number among all steps, from 1
 * @param of how many there are
 * @param stage the name of its stage, or {@code stage-<index>}; empty outside of stages, and where
 *     there is one stage without a name
 * @param place among those of its stage that make layers, from 1; 0 for others
 * @param places how many of those there are
 * @param text the instruction
 */
public record BuildStep(int number, int of, String stage, int place, int places, String text) {

  private static final Set<String> PLACED = Set.of("FROM", "RUN", "COPY", "ADD", "WORKDIR");

  /** Whether an instruction makes a layer, or begins a stage. */
  static boolean isPlaced(String keyword) {
    return PLACED.contains(keyword);
  }
}
