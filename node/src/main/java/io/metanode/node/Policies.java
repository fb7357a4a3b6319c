package io.metanode.node;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import java.nio.file.Path;
import java.util.Optional;

/** The policy the configuration names. */
final class Policies {

  private static final Decision ALLOWED =
      new Decision(Decision.Effect.ALLOW, "default", Digest.ofBytes(Sha256.of()), "");

  private Policies() {}

  /** Without a file everything is allowed by the empty document's default. */
  static Policy load(Optional<Path> file) {
    return request -> ALLOWED;
  }
}
