package io.metanode.node;

/** A configuration that cannot be used; the message names the file, the line and the remedy. */
final class ConfigException extends Exception {

  ConfigException(String message) {
    super(message);
  }
}
