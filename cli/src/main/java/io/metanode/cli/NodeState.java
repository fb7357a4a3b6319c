package io.metanode.cli;

import java.io.IOException;
import java.util.Optional;

/** Whether a home's node runs, from the lock the kernel keeps for it. */
public sealed interface NodeState {

  /** Nothing holds the lock. */
  record Stopped() implements NodeState {}

  /** The lock is held, and the node has not said that it is ready. */
  record Starting(long pid) implements NodeState {}

  /** The lock is held and the node is ready. */
  record Running(NodeFacts facts) implements NodeState {}

  static NodeState of(NodeHome home) {
    try {
      Optional<Long> owner = NodeLock.owner(home.lockFile());
      if (owner.isEmpty()) {
        return new Stopped();
      }
      Optional<NodeFacts> facts = NodeFacts.read(home.statusFile());
      if (facts.isPresent() && facts.get().pid() == owner.get()) {
        return new Running(facts.get());
      }
      return new Starting(owner.get());
    } catch (IOException e) {
      throw new CommandException(
          "cannot tell whether the node of " + home.directory() + " runs: " + e, e);
    }
  }

  /** The facts of a node that must be running. */
  public static NodeFacts running(NodeHome home) {
    return switch (of(home)) {
      case Running(NodeFacts facts) -> facts;
      case Starting(long pid) ->
          throw new CommandException("the node (process " + pid + ") is still starting");
      case Stopped() ->
          throw new CommandException(
              "no node runs on " + home.directory() + "; start one: metanode up -d");
    };
  }
}
