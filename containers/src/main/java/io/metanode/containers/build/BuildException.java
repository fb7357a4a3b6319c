package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;

/** A step that ran and failed. */
public final class BuildException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  BuildException(String message, int exitCode) {
    super(500, message);
    this.exitCode = exitCode;
  }

  /** What the step's command ended with. */
  public int exitCode() {
    return exitCode;
  }
}
