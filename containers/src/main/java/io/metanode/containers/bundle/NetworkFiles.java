package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.engine.ContainerLinks;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.NameFiles;
import io.metanode.containers.network.ResolvConf;
import io.metanode.containers.spec.MountPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a container's hosts, hostname and resolv.conf files, and mounts them. */
final class NetworkFiles {

  private final Containers containers;

  NetworkFiles(Containers containers) {
    this.containers = containers;
  }

  /**
   * @param links to those it calls by names of its own
   */
  List<MountPoint> write(
      Definition definition, Path directory, Lease lease, List<ContainerLinks.Live> links)
      throws ApiException, IOException {
    HostConfig host = definition.hostConfig();
    Optional<String> other = host.networkContainer();
    if (other.isPresent()) {
      return mounts(directory.resolveSibling(owner(other.get()).id()), host);
    }
    boolean onHost = host.networkMode().equals("host");
    write(directory.resolve("hostname"), NameFiles.hostname(name(definition.config())));
    write(directory.resolve("hosts"), hosts(definition, lease, onHost, links));
    write(directory.resolve("resolv.conf"), resolvers(host, onHost, lease.nameServer()));
    return mounts(directory, host);
  }

  private static void write(Path file, String text) throws IOException {
    ReadyDirectories.claim(file);
    Files.writeString(file, text);
  }

  /** Whose names a container has: those of the one in whose network it lives. */
  ContainerConfig named(Definition definition) throws ApiException {
    Optional<String> other = definition.hostConfig().networkContainer();
    return other.isPresent() ? owner(other.get()).config() : definition.config();
  }

  /**
   * Whose namespace it is: the other may live in another's itself. Those that were found by names
   * may form a ring by now, since names move on.
   */
  private Definition owner(String container) throws ApiException {
    Set<String> seen = new HashSet<>();
    Definition found = containers.resolve(container).definition();
    while (found.hostConfig().networkContainer().isPresent() && seen.add(found.id())) {
      found = containers.resolve(found.hostConfig().networkContainer().get()).definition();
    }
    return found;
  }

  private static List<MountPoint> mounts(Path directory, HostConfig host) {
    return NameFiles.NAMES.stream()
        .map(
            file ->
                MountPoint.bind(
                    directory.resolve(file).toString(),
                    "/etc/" + file,
                    host.readOnlyRoot(),
                    "rprivate"))
        .toList();
  }

  /**
   * Changes the files of a container that runs, where it has not changed them itself.
   *
   * @param asksBefore whom it asked for names before
   */
  void change(
      Definition definition,
      Path directory,
      Lease lease,
      Optional<String> asksBefore,
      Optional<Endpoint> joined,
      Optional<Endpoint> left)
      throws IOException {
    Path hosts = directory.resolve("hosts");
    String text = Files.readString(hosts);
    for (String line : left.map(place -> lines(definition, place)).orElse(List.of())) {
      text = text.replace(line, "");
    }
    for (String line : joined.map(place -> lines(definition, place)).orElse(List.of())) {
      text = text.contains(line) ? text : text + line;
    }
    replace(hosts, text);
    Path resolvers = directory.resolve("resolv.conf");
    HostConfig host = definition.hostConfig();
    if (Files.readString(resolvers).equals(resolvers(host, false, asksBefore))) {
      replace(resolvers, resolvers(host, false, lease.nameServer()));
    }
  }

  /**
   * The file is mounted: it stays the same one. A reader never finds less than one of the texts.
   */
  private static void replace(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.truncate(bytes.length);
    }
  }

  private static List<String> lines(Definition definition, Endpoint place) {
    return addresses(place).stream()
        .map(address -> NameFiles.own(name(definition.config()), address))
        .toList();
  }

  private static NameFiles.HostName name(ContainerConfig config) {
    return new NameFiles.HostName(config.hostname(), config.domainname());
  }

  private static String hosts(
      Definition definition, Lease lease, boolean onHost, List<ContainerLinks.Live> links)
      throws IOException {
    List<String> extra = definition.hostConfig().extraHosts();
    if (onHost) {
      Path hosts = Path.of("/etc/hosts");
      return NameFiles.hostsOnHostNetwork(
          Files.exists(hosts) ? Files.readString(hosts) : "", extra);
    }
    List<Endpoint> places = lease.record().endpoints();
    List<String> all = new ArrayList<>(extra);
    all.addAll(linked(links));
    return NameFiles.hosts(
        name(definition.config()),
        places.stream().flatMap(place -> addresses(place).stream()).toList(),
        all,
        places.stream().map(Endpoint::gateway).filter(text -> !text.isEmpty()).findFirst());
  }

  private static List<String> addresses(Endpoint place) {
    return Stream.of(place.address(), place.address6()).filter(text -> !text.isEmpty()).toList();
  }

  /** The default bridge resolves no names: whom a container is linked to is in its file. */
  private static List<String> linked(List<ContainerLinks.Live> links) {
    List<String> entries = new ArrayList<>();
    for (ContainerLinks.Live link : links) {
      Set<String> names = new LinkedHashSet<>();
      names.add(link.link().alias());
      names.add(link.target().definition().config().hostname());
      names.add(link.target().state().name());
      addresses(link.place()).forEach(at -> entries.add(String.join(" ", names) + "=" + at));
    }
    return entries;
  }

  /** Has the file say where a container that others are linked to is now. */
  static void relink(Path directory, List<String> aliases, Endpoint place) throws IOException {
    Path hosts = directory.resolve("hosts");
    if (!Files.exists(hosts)) {
      return;
    }
    String text = Files.readString(hosts);
    String changed =
        text.lines()
            .map(line -> relinked(line, aliases, place) + "\n")
            .collect(Collectors.joining());
    if (!changed.equals(text)) {
      replace(hosts, changed);
    }
  }

  /** A line of a link begins with an address and the alias. */
  private static String relinked(String line, List<String> aliases, Endpoint place) {
    int tab = line.indexOf('\t');
    if (tab < 0 || aliases.stream().noneMatch(line.substring(tab + 1).split(" ", 2)[0]::equals)) {
      return line;
    }
    String address = line.substring(0, tab).contains(":") ? place.address6() : place.address();
    return address.isEmpty() ? line : address + line.substring(tab);
  }

  private static String resolvers(HostConfig host, boolean onHost, Optional<String> nameServer)
      throws IOException {
    String own = ResolvConf.hostText();
    boolean unchanged =
        host.dnsServers().isEmpty() && host.dnsSearch().isEmpty() && host.dnsOptions().isEmpty();
    if (onHost && unchanged) {
      return own;
    }
    ResolvConf asked =
        ResolvConf.parse(own).inContainer(host.dnsServers(), host.dnsSearch(), host.dnsOptions());
    return nameServer.map(asked::asking).orElse(asked).text();
  }
}
