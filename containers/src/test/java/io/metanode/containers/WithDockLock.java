package io.metanode.containers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of one class with an engine of their own, in which the image {@code bb} is. */
public abstract class WithDockLock {

  protected static DockLockFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }
}
