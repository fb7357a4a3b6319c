package io.metanode.simulation;

/** When a machine's power fails, counted in operations of its disks. */
final class Doom {

  private int operations = -1;

  /** Lets power fail in the middle of an operation to come. */
  void after(int more) {
    operations = more;
  }

  void clear() {
    operations = -1;
  }

  boolean isSet() {
    return operations >= 0;
  }

  /** Whether power fails during the operation that begins. */
  boolean strikes() {
    return operations >= 0 && operations-- == 0;
  }
}
