package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Ipv4;
import io.metanode.containers.network.Ipv6;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads which networks a container is to be on, in the order of its links. */
public final class WantedNetworks {

  private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");
  private static final Set<String> PREDEFINED = Set.of("default", "bridge", "host", "none");
  private static final Pattern ALIAS = Pattern.compile("[^\\p{Cntrl}\\s/:]{1,255}");

  /** What Docker's bridges look at begins so; all else they keep and pass over. */
  private static final String WITH_A_MEANING = "com.docker.network.";

  private WantedNetworks() {}

  /**
   * As Docker: the networks of {@code EndpointsConfig}, that of {@code NetworkMode} first; without
   * any the latter alone. None for a container that lives in another's network.
   *
   * @param nameOf the name of a network that may be given by its id
   */
  static List<EndpointRequest> of(Definition definition, UnaryOperator<String> nameOf) {
    HostConfig host = definition.hostConfig();
    if (host.networkContainer().isPresent()) {
      return List.of();
    }
    String mode = definition.config().networkDisabled() ? "none" : nameOf.apply(host.networkMode());
    JsonNode configured = definition.networking().path("EndpointsConfig");
    if (mode.equals("none") || mode.equals("host") || configured.isEmpty()) {
      return List.of(completed(definition, EndpointRequest.to(mode)));
    }
    List<EndpointRequest> wanted = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : configured.properties()) {
      String key = entry.getKey().equals("default") ? "bridge" : entry.getKey();
      EndpointRequest asked = of(nameOf.apply(key), entry.getValue());
      wanted.add(asked.network().equals(mode) ? completed(definition, asked) : asked);
    }
    wanted.sort(
        Comparator.comparing((EndpointRequest asked) -> !asked.network().equals(mode))
            .thenComparing(EndpointRequest::network));
    return wanted;
  }

  /** With what older clients say elsewhere of the container's first network. */
  private static EndpointRequest completed(Definition definition, EndpointRequest asked) {
    String mac = definition.config().macAddress();
    boolean hosts = asked.network().equals("bridge");
    return new EndpointRequest(
        asked.network(),
        asked.aliases(),
        asked.links().isEmpty() && !hosts ? definition.hostConfig().links() : asked.links(),
        asked.address(),
        asked.address6(),
        asked.macAddress().isEmpty() ? mac : asked.macAddress(),
        asked.driverOptions(),
        asked.gatewayPriority());
  }

  /**
   * @param settings {@code EndpointSettings} as the shape reads it
   */
  private static EndpointRequest of(String network, JsonNode settings) {
    JsonNode addresses = settings.path("IPAMConfig");
    return new EndpointRequest(
        network,
        texts(settings.path("Aliases")),
        texts(settings.path("Links")),
        addresses.path("IPv4Address").asString(""),
        addresses.path("IPv6Address").asString(""),
        settings
            .path("MacAddress")
            .asString("")
            .replace('-', ':')
            .toLowerCase(java.util.Locale.ROOT),
        JsonFields.map(settings, "DriverOpts"),
        settings.path("GwPriority").asInt(0));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  /**
   * Reads what is asked of one network.
   *
   * @throws ApiException 400 in Docker's words if something is malformed, or cannot be met
   */
  public static EndpointRequest checked(String network, JsonNode settings) throws ApiException {
    EndpointRequest asked = of(network, settings);
    List<String> faults = faults(network, asked);
    if (!faults.isEmpty()) {
      throw ApiException.badRequest(
          "invalid endpoint settings:\n"
              + (faults.size() == 1 ? faults.getFirst() : "* " + String.join("\n* ", faults)));
    }
    checkMac(asked.macAddress());
    for (String alias : asked.aliases()) {
      if (!ALIAS.matcher(alias).matches()) {
        throw ApiException.badRequest("invalid alias: \"" + alias + "\"");
      }
    }
    for (String option : asked.driverOptions().keySet()) {
      if (option.startsWith(WITH_A_MEANING)) {
        throw ApiException.badRequest(
            "DriverOpts " + option + " on network " + network + " is not supported: leave it out");
      }
    }
    if (!settings.path("IPAMConfig").path("LinkLocalIPs").isEmpty()) {
      throw ApiException.badRequest(
          "LinkLocalIPs on network " + network + " is not supported: leave them out");
    }
    return asked;
  }

  /** What is wrong by itself, in Docker's words and order. */
  private static List<String> faults(String network, EndpointRequest asked) {
    List<String> faults = new ArrayList<>();
    if (PREDEFINED.contains(network)) {
      if (!asked.address().isEmpty() || !asked.address6().isEmpty()) {
        faults.add("user specified IP address is supported on user defined networks only");
      }
      if (!asked.aliases().isEmpty()) {
        faults.add(
            "network-scoped alias is supported only for containers in user defined networks");
      }
    }
    if (!asked.address().isEmpty() && Ipv4.parse(asked.address()).isEmpty()) {
      faults.add("invalid IPv4 address: " + asked.address());
    }
    if (!asked.address6().isEmpty() && Ipv6.parse(asked.address6()).isEmpty()) {
      faults.add("invalid IPv6 address: " + asked.address6());
    }
    return faults;
  }

  /**
   * @throws ApiException 400 if it is no hardware address of one link
   */
  static void checkMac(String text) throws ApiException {
    boolean well =
        text.isEmpty()
            || (MAC.matcher(text).matches()
                && (Integer.parseInt(text.substring(0, 2), 16) & 1) == 0);
    if (!well) {
      throw ApiException.badRequest("invalid MAC address: " + text);
    }
  }
}
