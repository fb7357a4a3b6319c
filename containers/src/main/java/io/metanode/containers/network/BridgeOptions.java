package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be chosen about a bridge, by Docker's names of these options.
 *
 * @param name of its link; empty for one the engine chooses
 * @param communication whether its containers reach each other
 * @param masquerade whether what leaves it has the host's address
 * @param hostAddress where ports are published that name no address; empty for all
 * @param mtu of all links, bytes; 0 for the kernel's default
 */
public record BridgeOptions(
    Optional<String> name,
    boolean communication,
    boolean masquerade,
    Optional<String> hostAddress,
    int mtu) {

  public static final String NAME = "com.docker.network.bridge.name";
  public static final String COMMUNICATION = "com.docker.network.bridge.enable_icc";
  public static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  public static final String HOST_ADDRESS = "com.docker.network.bridge.host_binding_ipv4";
  public static final String MTU = "com.docker.network.driver.mtu";
  private static final Set<String> ALL = Set.of(NAME, COMMUNICATION, MASQUERADE, HOST_ADDRESS, MTU);

  static final BridgeOptions DEFAULT =
      new BridgeOptions(Optional.empty(), true, true, Optional.empty(), 0);

  /**
   * @throws ApiException 400 if one of Docker's options is malformed, or none that is met here
   */
  public static BridgeOptions of(Map<String, String> options) throws ApiException {
    for (String key : options.keySet()) {
      if (key.startsWith("com.docker.network.") && !ALL.contains(key)) {
        throw ApiException.badRequest("the network option " + key + " is not supported");
      }
    }
    Optional<String> name = Optional.ofNullable(options.get(NAME));
    if (name.isPresent() && !name.get().matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}")) {
      throw malformed(NAME, name.get());
    }
    Optional<String> host = Optional.ofNullable(options.get(HOST_ADDRESS));
    if (host.isPresent() && Ipv4.parse(host.get()).isEmpty()) {
      throw malformed(HOST_ADDRESS, host.get());
    }
    return new BridgeOptions(
        name,
        flag(options, COMMUNICATION),
        flag(options, MASQUERADE),
        host.filter(address -> !address.equals("0.0.0.0")),
        mtu(options.getOrDefault(MTU, "")));
  }

  /** Of options that were checked when the network was made. */
  static BridgeOptions kept(Map<String, String> options) {
    try {
      return of(options);
    } catch (ApiException e) {
      return DEFAULT;
    }
  }

  /** As Go reads one. */
  private static boolean flag(Map<String, String> options, String key) throws ApiException {
    String text = options.getOrDefault(key, "true");
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw malformed(key, text);
    };
  }

  private static int mtu(String text) throws ApiException {
    if (text.isEmpty()) {
      return 0;
    }
    int bytes = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    if (bytes < 68 || bytes > 65_535) {
      throw malformed(MTU, text);
    }
    return bytes;
  }

  private static ApiException malformed(String key, String value) {
    return ApiException.badRequest("invalid value for the option " + key + ": \"" + value + "\"");
  }
}
