package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.PortMapping;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes ports of containers on the host: a socket reserves each port and serves loopback and
 * IPv6 clients, and a firewall rule leads all others to the container inside the kernel.
 */
final class PortPublisher {

  private static final Logger LOG = System.getLogger(PortPublisher.class.getName());

  /**
   * A port that was given back a moment ago is still bound where a process that was just being
   * started has not closed what it inherited.
   */
  private static final int TRIES = 10;

  private static final long BETWEEN_TRIES_NANOS = 20_000_000;

  /** The wildcard of IPv6 is that of IPv4 too, where the host has IPv6. */
  private static final String EVERYWHERE =
      Files.exists(Path.of("/proc/net/if_inet6")) ? "::" : "0.0.0.0";

  private final Firewall firewall;
  private final Clock clock;
  private final List<PortMapping> taken = new CopyOnWriteArrayList<>();

  PortPublisher(Firewall firewall, Clock clock) {
    this.firewall = firewall;
    this.clock = clock;
  }

  /** The ports of one container, published until closed. */
  final class Publication implements AutoCloseable {

    private final List<Forwarder> forwarders = new ArrayList<>();
    private final List<PortMapping> mappings = new ArrayList<>();
    private final List<PublishedPort> rules = new ArrayList<>();
    private boolean ruled;

    /** The mappings with the host ports chosen. */
    List<PortMapping> mappings() {
      return List.copyOf(mappings);
    }

    /** Leads the same ports to another address of the container. */
    void lead(Ipv4 target) throws IOException {
      for (int i = 0; i < forwarders.size(); i++) {
        forwarders.get(i).lead(socket(target, mappings.get(i)));
      }
      List<PublishedPort> elsewhere =
          rules.stream()
              .map(
                  rule ->
                      new PublishedPort(
                          rule.protocol(),
                          rule.hostAddress(),
                          rule.hostPort(),
                          target,
                          rule.containerPort()))
              .toList();
      firewall.unpublish(rules);
      rules.clear();
      rules.addAll(elsewhere);
      enforce(this);
    }

    @Override
    public void close() {
      if (ruled) {
        firewall.unpublish(rules);
      }
      for (Forwarder forwarder : forwarders) {
        try {
          forwarder.close();
        } catch (IOException e) {
          LOG.log(Level.WARNING, "port {0} not closed: {1}", forwarder.port(), e.getMessage());
        }
      }
      mappings.forEach(taken::remove);
    }
  }

  /** A publication of no ports. */
  Publication nothing() {
    return new Publication();
  }

  /**
   * Publishes all of the ports or none.
   *
   * @param endpoint what Docker's error messages call the endpoint
   * @throws ApiException 500 if a port is taken, 400 if an address is malformed
   */
  Publication publish(String endpoint, Ipv4 target, List<PortMapping> ports)
      throws ApiException, IOException {
    Publication publication = new Publication();
    try {
      for (PortMapping port : ports) {
        reserve(publication, endpoint, target, port);
      }
      enforce(publication);
      return publication;
    } catch (ApiException | IOException | RuntimeException e) {
      publication.close();
      throw e;
    }
  }

  /** Without a firewall the forwarders serve all clients. */
  private void enforce(Publication publication) {
    try {
      publication.ruled = true;
      firewall.publish(publication.rules);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "ports go through the proxy only: {0}", e.getMessage());
    }
  }

  private void reserve(Publication publication, String endpoint, Ipv4 target, PortMapping port)
      throws ApiException, IOException {
    Optional<String> host = port.hostAddress().filter(text -> !text.isEmpty());
    Forwarder forwarder = forwarder(endpoint, target, port, host);
    PortMapping chosen =
        new PortMapping(
            port.containerPort(), port.protocol(), port.hostAddress(), forwarder.port());
    publication.forwarders.add(forwarder);
    publication.mappings.add(chosen);
    taken.add(chosen);
    rule(chosen, host, target).ifPresent(publication.rules::add);
  }

  private static InetSocketAddress socket(Ipv4 target, PortMapping port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(target.octets()), port.containerPort());
  }

  /** The first port of the range that is free. */
  private Forwarder forwarder(String endpoint, Ipv4 target, PortMapping port, Optional<String> host)
      throws ApiException, IOException {
    InetAddress address = address(host.orElse(EVERYWHERE));
    InetSocketAddress to = socket(target, port);
    int hostPort = port.hostPort();
    int tries = TRIES;
    while (true) {
      try {
        return listen(port.protocol(), new InetSocketAddress(address, hostPort), to);
      } catch (IOException e) {
        if (hostPort < port.lastHostPort()) {
          hostPort++;
        } else if (tries > 1 && e instanceof BindException && !isOurs(port)) {
          tries--;
          LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        } else {
          throw clash(endpoint, port, host.orElse("0.0.0.0"), e);
        }
      }
    }
  }

  private boolean isOurs(PortMapping port) {
    return taken.stream()
        .anyMatch(
            other ->
                other.protocol().equals(port.protocol()) && other.hostPort() == port.hostPort());
  }

  private Forwarder listen(String protocol, InetSocketAddress at, InetSocketAddress to)
      throws ApiException, IOException {
    return switch (protocol.toLowerCase(Locale.ROOT)) {
      case "tcp" -> new TcpForwarder(at, to);
      case "udp" -> new UdpForwarder(at, to, clock);
      default -> throw ApiException.badRequest("protocol not supported: " + protocol);
    };
  }

  /** Loopback and IPv6 addresses have no rule: the socket serves them. */
  private static Optional<PublishedPort> rule(
      PortMapping port, Optional<String> host, Ipv4 target) {
    Optional<Ipv4> address = host.flatMap(Ipv4::parse).filter(ip -> ip.bits() != 0);
    boolean everywhere = host.isEmpty() || host.get().equals("0.0.0.0") || host.get().equals("::");
    if (address.map(Ipv4::isLoopback).orElse(!everywhere)) {
      return Optional.empty();
    }
    return Optional.of(
        new PublishedPort(
            port.protocol().toLowerCase(Locale.ROOT),
            address,
            port.hostPort(),
            target,
            port.containerPort()));
  }

  private static InetAddress address(String text) throws ApiException {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid IP address in port mapping: " + text);
    }
  }

  private ApiException clash(String endpoint, PortMapping port, String host, IOException cause) {
    String where = (host.contains(":") ? "[" + host + "]" : host) + ":" + port.hostPort();
    String reason =
        isOurs(port)
            ? "Bind for " + where + " failed: port is already allocated"
            : "listen %s4 %s: bind: %s"
                .formatted(
                    port.protocol(),
                    where,
                    String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
    return ApiException.internal(
        "driver failed programming external connectivity on endpoint " + endpoint + ": " + reason);
  }
}
