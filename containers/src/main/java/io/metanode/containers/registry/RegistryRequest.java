package io.metanode.containers.registry;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A request to a registry.
 *
 * @param target with a host, or a path on the registry
 * @param headers names and values
 * @param body made anew when the request is sent again
 */
record RegistryRequest(
    String method, URI target, List<Header> headers, Supplier<BodyPublisher> body) {

  record Header(String name, String value) {}

  RegistryRequest {
    headers = List.copyOf(headers);
  }

  static RegistryRequest of(String method, URI target) {
    return new RegistryRequest(method, target, List.of(), BodyPublishers::noBody);
  }

  RegistryRequest with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new RegistryRequest(method, target, more, body);
  }

  RegistryRequest sending(Supplier<BodyPublisher> content) {
    return new RegistryRequest(method, target, headers, content);
  }

  /** Whether the answer may send it elsewhere. */
  boolean isReading() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
