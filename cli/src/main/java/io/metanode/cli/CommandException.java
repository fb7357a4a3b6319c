package io.metanode.cli;

/** A command that could not do its work; the message says what was tried and what to do. */
public final class CommandException extends RuntimeException {

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
