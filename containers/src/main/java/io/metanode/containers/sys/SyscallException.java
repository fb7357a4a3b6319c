package io.metanode.containers.sys;

import java.io.IOException;

/** A system call that failed. */
public final class SyscallException extends IOException {

  private final int errno;

  public SyscallException(String call, String subject, int errno, String description) {
    super(call + " " + subject + ": " + description + " (errno " + errno + ")");
    this.errno = errno;
  }

  /** The error number, as in errno(3). */
  public int errno() {
    return errno;
  }
}
