package io.metanode.containers.spec;

import tools.jackson.databind.node.ObjectNode;

/** Which system calls a container may make. */
public sealed interface SeccompChoice {

  /** Docker's default profile, as far as the capabilities go. */
  record Default() implements SeccompChoice {}

  /** All. */
  record Unconfined() implements SeccompChoice {}

  /** A profile in Docker's form, given by the client. */
  record Given(ObjectNode profile) implements SeccompChoice {}
}
