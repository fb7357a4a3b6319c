package io.metanode.containers.network;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Links of a former process that nobody uses: those on our bridges without a container, our bridges
 * without a network.
 *
 * @param aliasPrefix what the alias of this node's bridges begins with
 * @param leased the host's ends of the links that containers use
 */
record StrayLinks(String aliasPrefix, Collection<BridgeNetwork> networks, Set<String> leased) {

  private static final Logger LOG = System.getLogger(StrayLinks.class.getName());
  private static final Path LINKS = Path.of("/sys/class/net");

  List<String> find() throws IOException {
    List<String> strays = new ArrayList<>();
    Set<String> bridges =
        networks.stream().map(each -> each.bridge().name()).collect(Collectors.toSet());
    for (String link : links()) {
      boolean strayBridge = Bridge.alias(link).startsWith(aliasPrefix) && !bridges.contains(link);
      boolean strayEnd = isHostEnd(link, bridges) && !leased.contains(link) && !pooled(link);
      if (strayBridge || strayEnd) {
        LOG.log(Level.INFO, "removing the stray link {0}", link);
        strays.add(link);
      }
    }
    return strays;
  }

  private boolean pooled(String link) {
    return networks.stream().anyMatch(each -> each.holdsReady(link));
  }

  private static List<String> links() throws IOException {
    try (Stream<Path> links = Files.list(LINKS)) {
      return links.map(link -> String.valueOf(link.getFileName())).toList();
    }
  }

  /** Not one that goes, or leaves its bridge, while it is looked at. */
  private static boolean isHostEnd(String link, Set<String> bridges) throws IOException {
    if (!link.startsWith(Namespaces.HOST_PREFIX)) {
      return false;
    }
    try {
      Path master = LINKS.resolve(link).resolve("master").toRealPath();
      return bridges.contains(String.valueOf(master.getFileName()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
