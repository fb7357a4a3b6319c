package io.metanode.containers.sys;

import java.io.IOException;
import java.util.Locale;

/** A system call that failed. */
public final class SyscallException extends IOException {

  private final int errno;
  private final String description;

  public SyscallException(String call, String subject, int errno, String description) {
    super(call + " " + subject + ": " + description + " (errno " + errno + ")");
    this.errno = errno;
    this.description = description;
  }

  /** What strerror(3) says, as Go programs write it: in small letters. */
  public String reason() {
    return description.toLowerCase(Locale.ROOT);
  }

  /** The error number, as in errno(3). */
  public int errno() {
    return errno;
  }
}
