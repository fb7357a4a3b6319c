package io.metanode.containers.spec;

import java.util.List;

/**
 * A process to run in a container.
 *
 * @param arguments the program and its arguments
 * @param environment {@code NAME=value} each
 * @param workingDirectory absolute, in the container
 * @param terminal whether it gets a pseudo-terminal
 * @param capabilities the set it may hold, {@code CAP_…} names
 */
public record ProcessSettings(
    List<String> arguments,
    List<String> environment,
    String workingDirectory,
    UserIds user,
    boolean terminal,
    List<String> capabilities,
    boolean noNewPrivileges,
    List<Ulimit> ulimits,
    int oomScoreAdjustment) {

  public ProcessSettings {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    capabilities = List.copyOf(capabilities);
    ulimits = List.copyOf(ulimits);
  }
}
