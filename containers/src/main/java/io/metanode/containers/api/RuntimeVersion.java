package io.metanode.containers.api;

import java.nio.file.Path;

/** Which OCI runtime is installed; empty texts where it does not say. */
record RuntimeVersion(String version, String commit) {

  static RuntimeVersion of(Path program) {
    String name = String.valueOf(program.getFileName());
    return new RuntimeVersion(
        HostFacts.programVersion(program, name + " version"),
        HostFacts.programVersion(program, "commit:"));
  }
}
