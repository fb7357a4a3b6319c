package io.metanode.containers.build.dockerfile;

/** A Dockerfile that cannot be read; the message is Docker's. */
public final class DockerfileException extends Exception {

  private static final long serialVersionUID = 1L;

  public DockerfileException(String message) {
    super(message);
  }

  /** The same, with the place. */
  public DockerfileException at(int line) {
    return new DockerfileException("dockerfile parse error on line " + line + ": " + getMessage());
  }
}
