package io.metanode.containers.config;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a client asks to run in a running container. */
public final class ExecConfig extends View {

  /**
   * @param object as {@link Shapes#EXEC} reads it
   */
  public ExecConfig(ObjectNode object) {
    super(object);
  }

  /** Empty for the container's user. */
  public String user() {
    return text("User");
  }

  public boolean privileged() {
    return flag("Privileged");
  }

  public boolean terminal() {
    return flag("Tty");
  }

  public boolean attachStdin() {
    return flag("AttachStdin");
  }

  public boolean attachStdout() {
    return flag("AttachStdout");
  }

  public boolean attachStderr() {
    return flag("AttachStderr");
  }

  public String detachKeys() {
    return text("DetachKeys");
  }

  public List<String> environment() {
    return texts("Env");
  }

  /** Empty for the container's. */
  public String workingDirectory() {
    return text("WorkingDir");
  }

  public List<String> command() {
    return texts("Cmd");
  }

  /** Rows and columns to begin with; empty where none were given. */
  public List<Integer> consoleSize() {
    return items("ConsoleSize").stream().map(n -> (int) n.asLong(0)).toList();
  }
}
