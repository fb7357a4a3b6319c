package io.metanode.receipts;

import java.util.OptionalLong;

/**
 * Who asked for an operation.
 *
 * @param kind how the actor was identified: {@code unix} by peer credentials of a local socket,
 *     {@code tls} by a client certificate, {@code system} for the node itself
 * @param name the user name, the certificate's subject, or the node's own part
 * @param uid the numeric user id, where the kind has one
 */
public record Actor(String kind, String name, OptionalLong uid) {

  /** The node acting on its own, for example when a restart policy starts a container. */
  public static Actor system(String part) {
    return new Actor("system", part, OptionalLong.empty());
  }

  /** {@code kind:name}, the form policies match. */
  @Override
  public String toString() {
    return kind + ":" + name;
  }
}
