package io.metanode.containers.runtime;

import io.metanode.containers.sys.Syscalls;
import java.util.OptionalInt;

/**
 * A descriptor that holds namespaces a process is to join: of a namespace, or of a process in them.
 *
 * @param release gives it back once the shim has its own
 */
record Namespaces(OptionalInt descriptor, Runnable release) {

  static final Namespaces NONE = lent(OptionalInt.empty());

  /** Another's, that stays open. */
  static Namespaces lent(OptionalInt descriptor) {
    return new Namespaces(descriptor, () -> {});
  }

  static Namespaces owned(int descriptor, Syscalls syscalls) {
    return new Namespaces(OptionalInt.of(descriptor), () -> syscalls.close(descriptor));
  }
}
