package io.metanode.simulation;

/** The machine stopped in the middle of a disk operation. */
final class SimulatedCrash extends RuntimeException {
  SimulatedCrash() {
    super("crash", null, false, false);
  }
}
