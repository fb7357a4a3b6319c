package io.metanode.containers.runtime;

/** The OCI runtime could not start the process. */
public final class StartException extends Exception {

  private final int exitCode;

  /**
   * @param exitCode 126 where the program cannot be executed, 127 where there is none, 128 else
   */
  public StartException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
