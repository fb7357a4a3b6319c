package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.HostConfig.Binding;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.PortMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which ports a container publishes. */
final class Ports {

  private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /**
   * A port of a container.
   *
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}
   */
  record Port(int number, String protocol) {}

  /** The mappings a checked configuration asks for; none where there is no network of its own. */
  List<PortMapping> requested(Definition definition) {
    try {
      return parse(definition.config().exposedPorts(), definition.hostConfig());
    } catch (ApiException e) {
      throw new IllegalStateException("the ports were checked at creation", e);
    }
  }

  /**
   * @throws ApiException 400 in Docker's words if a port is malformed
   */
  static List<PortMapping> parse(Iterable<String> exposed, HostConfig host) throws ApiException {
    List<PortMapping> mappings = new ArrayList<>();
    Map<String, List<Binding>> bindings = host.portBindings();
    for (Map.Entry<String, List<Binding>> entry : bindings.entrySet()) {
      Port port = port(entry.getKey());
      List<Binding> wanted = entry.getValue();
      for (Binding binding : wanted.isEmpty() ? List.of(new Binding("", "")) : wanted) {
        mappings.add(mapping(port, binding));
      }
    }
    for (String spec : exposed) {
      Port port = port(spec);
      if (host.publishAllPorts() && !bindings.containsKey(spec)) {
        mappings.add(new PortMapping(port.number(), port.protocol(), Optional.empty(), 0));
      }
    }
    String mode = host.networkMode();
    boolean none = mode.equals("host") || mode.equals("none");
    return none || host.networkContainer().isPresent() ? List.of() : mappings;
  }

  /**
   * Reads {@code 80/tcp} or {@code 80}.
   *
   * @throws ApiException 400 in Docker's words
   */
  static Port port(String spec) throws ApiException {
    Matcher matcher = PORT.matcher(spec.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw ApiException.badRequest("invalid port specification: \"" + spec + "\"");
    }
    String protocol = matcher.group(2) == null ? "tcp" : matcher.group(2);
    return new Port(number(matcher.group(1), spec), protocol);
  }

  private static PortMapping mapping(Port port, Binding binding) throws ApiException {
    String address = binding.hostAddress();
    if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
      throw ApiException.badRequest("invalid IP address: " + address);
    }
    return new PortMapping(
        port.number(),
        port.protocol(),
        address.isEmpty() ? Optional.empty() : Optional.of(address),
        hostPort(first(binding.hostPort())),
        hostPort(last(binding.hostPort())));
  }

  private static String first(String range) {
    int dash = range.indexOf('-');
    return dash < 0 ? range : range.substring(0, dash);
  }

  private static String last(String range) throws ApiException {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return range;
    }
    String last = range.substring(dash + 1);
    if (hostPort(first(range)) == 0 || hostPort(last) < hostPort(first(range))) {
      throw ApiException.badRequest("invalid port specification: \"" + range + "\"");
    }
    return last;
  }

  private static int hostPort(String text) throws ApiException {
    if (text.isEmpty() || text.equals("0")) {
      return 0;
    }
    if (!text.matches("\\d{1,5}")) {
      throw ApiException.badRequest("invalid port specification: \"" + text + "\"");
    }
    return number(text, text);
  }

  private static int number(String digits, String spec) throws ApiException {
    int number = Integer.parseInt(digits);
    if (number < 1 || number > 65535) {
      throw ApiException.badRequest("invalid port specification: \"" + spec + "\"");
    }
    return number;
  }
}
