package io.metanode.containers.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A container's configuration apart from the host, after the image's defaults were merged in. */
public final class ContainerConfig extends View {

  private static final Pattern PORT_RANGE =
      Pattern.compile("(?<first>\\d{1,5})-(?<last>\\d{1,5})(?<protocol>(/.*)?)");

  /**
   * @param object as {@link Shapes#CONFIG} reads it
   */
  public ContainerConfig(ObjectNode object) {
    super(object);
  }

  public String hostname() {
    return text("Hostname");
  }

  public String domainname() {
    return text("Domainname");
  }

  /** {@code user[:group]}, names or numbers; empty for root. */
  public String user() {
    return text("User");
  }

  public boolean terminal() {
    return flag("Tty");
  }

  public boolean openStdin() {
    return flag("OpenStdin");
  }

  public boolean stdinOnce() {
    return flag("StdinOnce");
  }

  public List<String> environment() {
    return texts("Env");
  }

  public List<String> command() {
    return texts("Cmd");
  }

  public List<String> entrypoint() {
    return texts("Entrypoint");
  }

  /** The image as the client named it. */
  public String image() {
    return text("Image");
  }

  /** Paths that get an anonymous volume. */
  public Set<String> volumes() {
    return keys("Volumes");
  }

  public String workingDirectory() {
    return text("WorkingDir");
  }

  /** Ports as {@code 80/tcp}; of a range, each. What is no range is left as it is. */
  public Set<String> exposedPorts() {
    Set<String> ports = new LinkedHashSet<>();
    for (String spec : exposedSpecifications()) {
      Matcher range = PORT_RANGE.matcher(spec);
      int first = range.matches() ? Integer.parseInt(range.group("first")) : 1;
      int last = range.matches() ? Integer.parseInt(range.group("last")) : 0;
      for (int port = first; port <= last; port++) {
        ports.add(port + range.group("protocol"));
      }
      if (first > last) {
        ports.add(spec);
      }
    }
    return ports;
  }

  /** Ports and ranges of ports as they were asked for, {@code 80/tcp} or {@code 80-90/tcp}. */
  public Set<String> exposedSpecifications() {
    return keys("ExposedPorts");
  }

  public Map<String, String> labels() {
    return textMap("Labels");
  }

  /** The signal that asks it to stop; empty for SIGTERM. */
  public String stopSignal() {
    return text("StopSignal");
  }

  /** Seconds between the stop signal and SIGKILL; empty for 10, negative for no end. */
  public OptionalLong stopTimeoutSeconds() {
    return optionalNumber("StopTimeout");
  }

  /** Of its link to its first network; empty for one the engine chooses. */
  public String macAddress() {
    return text("MacAddress");
  }

  public boolean networkDisabled() {
    return flag("NetworkDisabled");
  }

  /** The program and arguments that run a line of shell; empty for the default. */
  public List<String> shell() {
    return texts("Shell");
  }

  public Optional<HealthConfig> health() {
    return has("Healthcheck")
        ? Optional.of(new HealthConfig((ObjectNode) node("Healthcheck")))
        : Optional.empty();
  }
}
