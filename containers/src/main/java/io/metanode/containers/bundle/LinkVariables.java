package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.engine.ContainerLinks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The variables a container gets of those it is linked to on the default bridge, as Docker sets
 * them: where their ports are, and their own variables.
 */
final class LinkVariables {

  private static final Comparator<Port> TCP_FIRST =
      Comparator.comparing((Port port) -> !port.protocol().equals("tcp"))
          .thenComparing(Port::protocol)
          .thenComparingInt(Port::number);

  private LinkVariables() {}

  private record Port(int number, String protocol) {

    static Port of(String text) {
      String[] parts = text.split("/", 2);
      return new Port(
          Integer.parseInt(parts[0]), parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "tcp");
    }

    String at(String address) {
      return protocol + "://" + address + ":" + number;
    }

    boolean follows(Port other) {
      return number == other.number + 1 && protocol.equals(other.protocol);
    }
  }

  /**
   * @param name of the container that gets them
   */
  static List<String> of(String name, List<ContainerLinks.Live> links) {
    List<String> variables = new ArrayList<>();
    for (ContainerLinks.Live link : links) {
      String alias = link.link().alias();
      String prefix = alias.toUpperCase(Locale.ROOT).replace('-', '_');
      ContainerConfig target = link.target().definition().config();
      ports(prefix, target, link.place().address(), variables);
      variables.add(prefix + "_NAME=/" + name + "/" + alias);
      for (String variable : target.environment()) {
        if (variable.indexOf('=') >= 0
            && !variable.startsWith("HOME=")
            && !variable.startsWith("PATH=")) {
          variables.add(prefix + "_ENV_" + variable);
        }
      }
    }
    return variables;
  }

  private static void ports(
      String prefix, ContainerConfig target, String address, List<String> variables) {
    List<Port> ports =
        target.exposedPorts().stream().map(Port::of).distinct().sorted(TCP_FIRST).toList();
    if (ports.isEmpty()) {
      return;
    }
    variables.add(prefix + "_PORT=" + ports.getFirst().at(address));
    int start = 0;
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      String own = named(prefix, port);
      variables.add(own + "=" + port.at(address));
      variables.add(own + "_ADDR=" + address);
      variables.add(own + "_PORT=" + port.number());
      variables.add(own + "_PROTO=" + port.protocol());
      boolean last = i + 1 == ports.size() || !ports.get(i + 1).follows(port);
      if (last) {
        range(prefix, ports.get(start), port, address, variables);
        start = i + 1;
      }
    }
  }

  /** Of ports in a row, the first and the last. */
  private static void range(
      String prefix, Port first, Port last, String address, List<String> variables) {
    if (first.equals(last)) {
      return;
    }
    String own = named(prefix, first);
    variables.add(own + "_START=" + first.at(address));
    variables.add(own + "_PORT_START=" + first.number());
    variables.add(own + "_END=" + last.at(address));
    variables.add(own + "_PORT_END=" + last.number());
  }

  private static String named(String prefix, Port port) {
    return "%s_PORT_%d_%s"
        .formatted(prefix, port.number(), port.protocol().toUpperCase(Locale.ROOT));
  }
}
