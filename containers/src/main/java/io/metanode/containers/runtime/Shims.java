package io.metanode.containers.runtime;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.nio.file.Path;
import java.util.List;

/** Starts shims, whose first act is to leave this process. */
final class Shims {

  static final String NAME = "metanode-shim";

  private Shims() {}

  /**
   * Starts one and reaps its stand-in.
   *
   * @param descriptors from 3 on; it has nothing else of this process's
   */
  static void spawn(Syscalls syscalls, Path program, List<String> command, int[] descriptors)
      throws SyscallException {
    int none = syscalls.open(Path.of("/dev/null"), Constants.O_RDWR, 0);
    try {
      int[] all = new int[3 + descriptors.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = i < 3 ? none : descriptors[i - 3];
      }
      syscalls.reap(syscalls.spawn(program, command, Runc.ENVIRONMENT, all));
    } finally {
      syscalls.close(none);
    }
  }
}
