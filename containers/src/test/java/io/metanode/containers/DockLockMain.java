package io.metanode.containers;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An engine by hand: prints its socket and runs until it is killed. */
final class DockLockMain {

  private DockLockMain() {}

  public static void main(String[] arguments) throws Exception {
    DockLockFixture fixture =
        arguments.length > 0 ? DockLockFixture.at(Path.of(arguments[0])) : new DockLockFixture();
    fixture.importBusybox();
    System.out.println("export DOCKER_HOST=unix://" + fixture.engine().dockerSocket());
    new CountDownLatch(1).await();
  }
}
