package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.policy.PolicyDocument;
import io.metanode.policy.PolicyFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The policy the configuration names. */
final class Policies {

  private Policies() {}

  /**
   * Without a file everything is allowed, under the document that says so.
   *
   * @throws CommandException if the file is not to be read; a node without its policy does not
   *     start
   */
  static PolicyDocument load(Optional<Path> file) {
    if (file.isEmpty()) {
      return PolicyDocument.allowAll();
    }
    try {
      return PolicyDocument.parse(Files.readString(file.get()));
    } catch (IOException e) {
      throw new CommandException("cannot read the policy " + file.get() + ": " + e, e);
    } catch (PolicyFormatException e) {
      throw new CommandException(
          "the policy " + file.get() + " is malformed: " + e.getMessage(), e);
    }
  }
}
