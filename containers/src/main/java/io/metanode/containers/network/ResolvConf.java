package io.metanode.containers.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A {@code resolv.conf(5)}, as far as containers need it.
 *
 * @param nameservers addresses
 * @param search domains; empty for no {@code search} line
 * @param options options; empty for no {@code options} line
 */
public record ResolvConf(List<String> nameservers, List<String> search, List<String> options) {

  private static final Path HOST = Path.of("/etc/resolv.conf");
  private static final Path BEHIND_RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");
  private static final String RESOLVED = "127.0.0.53";

  /** What Docker falls back to where the host has only loopback resolvers. */
  private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

  public ResolvConf {
    nameservers = List.copyOf(nameservers);
    search = List.copyOf(search);
    options = List.copyOf(options);
  }

  /** The host's text; where its only resolver is systemd's on loopback, the one behind that. */
  public static String hostText() throws IOException {
    if (!Files.exists(HOST)) {
      return "";
    }
    String text = Files.readString(HOST);
    boolean stub = parse(text).nameservers.equals(List.of(RESOLVED));
    return stub && Files.exists(BEHIND_RESOLVED) ? Files.readString(BEHIND_RESOLVED) : text;
  }

  public static ResolvConf parse(String text) {
    List<List<String>> lines =
        text.lines()
            .map(line -> line.replaceAll("[#;].*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(line -> Arrays.asList(line.split("\\s+", -1)))
            .toList();
    return new ResolvConf(
        lines.stream()
            .filter(words -> words.size() > 1 && words.getFirst().equals("nameserver"))
            .map(words -> words.get(1))
            .toList(),
        last(lines, word -> word.equals("search") || word.equals("domain")),
        lines.stream()
            .filter(words -> words.getFirst().equals("options"))
            .flatMap(words -> words.stream().skip(1))
            .toList());
  }

  /** The words after the last line that begins so, which is the one that counts. */
  private static List<String> last(List<List<String>> lines, Predicate<String> keyword) {
    return lines.stream()
        .filter(words -> keyword.test(words.getFirst()))
        .reduce((_, later) -> later)
        .map(words -> words.subList(1, words.size()))
        .orElse(List.of());
  }

  /**
   * What a container on a bridge gets of this: no resolvers it cannot reach, so none on loopback
   * and, as bridges have no IPv6, none of that.
   *
   * @param nameservers {@code --dns}; empty for the host's
   * @param search {@code --dns-search}; empty for the host's, a single {@code .} for none
   * @param options {@code --dns-option}; empty for the host's
   */
  public ResolvConf inContainer(
      List<String> nameservers, List<String> search, List<String> options) {
    List<String> reachable =
        this.nameservers.stream()
            .filter(server -> Ipv4.parse(server).map(ip -> !ip.isLoopback()).orElse(false))
            .toList();
    List<String> inherited = reachable.isEmpty() ? FALLBACK : reachable;
    List<String> domains = search.isEmpty() ? this.search : search;
    return new ResolvConf(
        nameservers.isEmpty() ? inherited : nameservers,
        domains.equals(List.of(".")) ? List.of() : domains,
        options.isEmpty() ? this.options : options);
  }

  /**
   * Where one server knows the names of containers: it is asked, and for names without dots too.
   */
  public ResolvConf asking(String nameServer) {
    List<String> all = new ArrayList<>(options);
    if (options.stream().noneMatch(option -> option.startsWith("ndots:"))) {
      all.add("ndots:0");
    }
    return new ResolvConf(List.of(nameServer), search, all);
  }

  /** The file's text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    nameservers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!search.isEmpty()) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }
}
