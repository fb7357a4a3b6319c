package io.metanode.containers.network;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.LinuxSyscalls;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Opens sockets inside a network namespace; they stay there when used by other threads. */
final class InNamespace {

  private InNamespace() {}

  /** Runs work on a thread that is in the namespace and ends with it. */
  static <T> T call(int namespaceDescriptor, Callable<T> work) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              new LinuxSyscalls().setNamespace(namespaceDescriptor, Constants.CLONE_NEWNET);
              return work.call();
            });
    Thread.ofPlatform().start(task);
    return task.get();
  }

  static <T> T callIn(long pid, Callable<T> work) throws Exception {
    LinuxSyscalls sys = new LinuxSyscalls();
    int fd = sys.open(Path.of("/proc/" + pid + "/ns/net"), Constants.O_RDONLY, 0);
    try {
      return call(fd, work);
    } finally {
      sys.close(fd);
    }
  }
}
