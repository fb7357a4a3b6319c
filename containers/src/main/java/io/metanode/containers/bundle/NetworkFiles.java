package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.NameFiles;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.ResolvConf;
import io.metanode.containers.spec.MountPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a container's hosts, hostname and resolv.conf files, and mounts them. */
final class NetworkFiles {

  private NetworkFiles() {}

  static List<MountPoint> write(Definition definition, Path directory, Lease lease)
      throws IOException {
    HostConfig host = definition.hostConfig();
    boolean onHost = host.networkMode().equals("host");
    Files.writeString(directory.resolve("hostname"), NameFiles.hostname(name(definition.config())));
    Files.writeString(directory.resolve("hosts"), hosts(definition, lease, onHost));
    Files.writeString(directory.resolve("resolv.conf"), resolvers(host, onHost, lease));
    List<MountPoint> mounts = new ArrayList<>();
    for (String file : List.of("resolv.conf", "hostname", "hosts")) {
      mounts.add(
          MountPoint.bind(
              directory.resolve(file).toString(), "/etc/" + file, host.readOnlyRoot(), "rprivate"));
    }
    return mounts;
  }

  private static NameFiles.HostName name(ContainerConfig config) {
    return new NameFiles.HostName(config.hostname(), config.domainname());
  }

  private static String hosts(Definition definition, Lease lease, boolean onHost)
      throws IOException {
    List<String> extra = definition.hostConfig().extraHosts();
    if (onHost) {
      Path hosts = Path.of("/etc/hosts");
      return NameFiles.hostsOnHostNetwork(
          Files.exists(hosts) ? Files.readString(hosts) : "", extra);
    }
    LeaseRecord place = lease.record();
    return NameFiles.hosts(
        name(definition.config()), present(place.address()), extra, present(place.gateway()));
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String resolvers(HostConfig host, boolean onHost, Lease lease) throws IOException {
    String own = ResolvConf.hostText();
    boolean unchanged =
        host.dnsServers().isEmpty() && host.dnsSearch().isEmpty() && host.dnsOptions().isEmpty();
    if (onHost && unchanged) {
      return own;
    }
    ResolvConf asked =
        ResolvConf.parse(own).inContainer(host.dnsServers(), host.dnsSearch(), host.dnsOptions());
    return lease.nameServer().map(asked::asking).orElse(asked).text();
  }
}
