package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;

/** A step that ran and failed. */
public final class BuildException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final String command;
  private final int exitCode;

  BuildException(String command, int exitCode) {
    super(500, "The command '" + command + "' returned a non-zero code: " + exitCode);
    this.command = command;
    this.exitCode = exitCode;
  }

  /** The step's command, its words joined. */
  public String command() {
    return command;
  }

  /** What the step's command ended with. */
  public int exitCode() {
    return exitCode;
  }
}
