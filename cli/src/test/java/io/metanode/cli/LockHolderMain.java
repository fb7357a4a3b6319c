package io.metanode.cli;

import java.nio.file.Path;

/** Takes a lock, says so, and holds it until it is killed. */
final class LockHolderMain {

  private LockHolderMain() {}

  public static void main(String[] arguments) throws Exception {
    NodeLock lock = NodeLock.acquire(Path.of(arguments[0])).orElseThrow();
    System.out.print('r');
    System.out.flush();
    System.in.read();
    lock.close();
  }
}
