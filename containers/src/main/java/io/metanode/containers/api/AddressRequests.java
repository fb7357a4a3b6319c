package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Addresses;
import io.metanode.containers.network.Addresses6;
import io.metanode.containers.network.AskedAddresses;
import io.metanode.containers.network.AskedAddresses.Part;
import io.metanode.containers.network.Ipv4;
import io.metanode.containers.network.Ipv6;
import io.metanode.containers.network.Subnet;
import io.metanode.containers.network.Subnet6;
import io.metanode.foundation.Randomness;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * {@code IPAM} of {@code POST /networks/create}: as on Docker's bridges, at most one subnet of each
 * family.
 *
 * @param addresses empty for a subnet the engine chooses
 * @param addresses6 empty for none
 * @param asked both in the request's own spelling
 */
record AddressRequests(
    Optional<Addresses> addresses, Optional<Addresses6> addresses6, AskedAddresses asked) {

  /**
   * @throws ApiException 400 if something is malformed or lies outside its subnet, 403 for several
   *     subnets of a family
   */
  static AddressRequests parse(JsonNode ipam, boolean six, Randomness randomness)
      throws ApiException {
    if (!ipam.path("Driver").asString("default").matches("default|")) {
      throw ApiException.notFound(
          "could not find plugin " + ipam.path("Driver").asString() + " in v1 plugin registry");
    }
    Optional<Addresses> four = Optional.empty();
    Optional<Addresses6> more = Optional.empty();
    List<Part> asked = new ArrayList<>();
    for (JsonNode configuration : ipam.path("Config")) {
      String subnet = configuration.path("Subnet").asString("");
      if (subnet.isEmpty()) {
        checkNothingElse(configuration);
        continue;
      }
      asked.add(asked(configuration));
      if (subnet.indexOf(':') < 0) {
        once(four.isEmpty());
        four = Optional.of(addresses(configuration, subnet));
      } else {
        once(more.isEmpty());
        more = Optional.of(addresses6(configuration, subnet));
      }
    }
    if (!six) {
      more = Optional.empty();
    } else if (more.isEmpty()) {
      more = Optional.of(local(randomness));
    }
    JsonNode options = ipam.path("Options");
    return new AddressRequests(
        four,
        more,
        new AskedAddresses(
            options.isObject() ? Optional.of(texts(options)) : Optional.empty(), asked));
  }

  private static Part asked(JsonNode configuration) {
    return new Part(
        configuration.path("Subnet").asString(""),
        configuration.path("IPRange").asString(""),
        configuration.path("Gateway").asString(""),
        texts(configuration.path("AuxiliaryAddresses")));
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new TreeMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }

  private static void once(boolean first) throws ApiException {
    if (!first) {
      throw ApiException.forbidden("bridge driver doesn't support multiple subnets");
    }
  }

  private static void checkNothingElse(JsonNode configuration) throws ApiException {
    for (String field : new String[] {"Gateway", "IPRange", "AuxiliaryAddresses"}) {
      JsonNode value = configuration.path(field);
      if (!value.isEmpty() || !value.asString("").isEmpty()) {
        throw ApiException.badRequest("invalid network config: " + field + " without a subnet");
      }
    }
  }

  private static Addresses addresses(JsonNode configuration, String text) throws ApiException {
    Subnet subnet = present(Subnet.parse(text), "invalid subnet: " + text);
    return new Addresses(
        subnet,
        inside(configuration, "Gateway", Ipv4::parse, subnet::holdsHost).orElse(subnet.firstHost()),
        inside(configuration, "IPRange", Subnet::parse, subnet::covers),
        reserved(configuration, Ipv4::parse, subnet::holdsHost),
        true);
  }

  private static Addresses6 addresses6(JsonNode configuration, String text) throws ApiException {
    Subnet6 subnet = present(Subnet6.parse(text), "invalid subnet: " + text);
    return new Addresses6(
        subnet,
        inside(configuration, "Gateway", Ipv6::parse, subnet::holdsHost).orElse(subnet.firstHost()),
        inside(configuration, "IPRange", Subnet6::parse, subnet::covers),
        reserved(configuration, Ipv6::parse, subnet::holdsHost),
        true);
  }

  /** A range of the engine's choice for use on this host (RFC 4193). */
  private static Addresses6 local(Randomness randomness) throws ApiException {
    String digits = HexFormat.of().formatHex(randomness.bytes(7));
    String text =
        "fd%s:%s:%s:%s::/64"
            .formatted(
                digits.substring(0, 2),
                digits.substring(2, 6),
                digits.substring(6, 10),
                digits.substring(10, 14));
    Subnet6 subnet = present(Subnet6.parse(text), "invalid subnet: " + text);
    return new Addresses6(subnet, subnet.firstHost(), Optional.empty(), Map.of(), false);
  }

  private static <T> T present(Optional<T> value, String otherwise) throws ApiException {
    return value.orElseThrow(() -> ApiException.badRequest(otherwise));
  }

  private static <T> Optional<T> inside(
      JsonNode configuration, String field, Function<String, Optional<T>> parse, Predicate<T> holds)
      throws ApiException {
    String text = configuration.path(field).asString("");
    return text.isEmpty() ? Optional.empty() : Optional.of(checked(field, text, parse, holds));
  }

  private static <T> T checked(
      String field, String text, Function<String, Optional<T>> parse, Predicate<T> holds)
      throws ApiException {
    return present(
        parse.apply(text).filter(holds),
        "invalid network config: no configured subnet contains %s %s".formatted(field, text));
  }

  private static <T> Map<String, T> reserved(
      JsonNode configuration, Function<String, Optional<T>> parse, Predicate<T> holds)
      throws ApiException {
    Map<String, T> reserved = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        configuration.path("AuxiliaryAddresses").properties()) {
      reserved.put(
          entry.getKey(),
          checked("auxiliary address", entry.getValue().asString(""), parse, holds));
    }
    return reserved;
  }
}
