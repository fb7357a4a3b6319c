package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.network.NameFiles.HostName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NameFilesTest {

  private static final HostName WEB = new HostName("web", "");

  @Test
  void hostsEndWithTheContainerItself() {
    String hosts =
        NameFiles.hosts(
            WEB,
            List.of("172.29.0.2"),
            List.of("db:10.0.0.1", "v6=[fd00::7]", "host.docker.internal:host-gateway", "bad"),
            Optional.of("172.29.0.1"));
    assertTrue(hosts.startsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost"));
    assertTrue(
        hosts.endsWith(
            "10.0.0.1\tdb\nfd00::7\tv6\n172.29.0.1\thost.docker.internal\n172.29.0.2\tweb\n"),
        hosts);
  }

  @Test
  void domainComesBeforeTheShortName() {
    HostName named = new HostName("web", "example.org");
    String hosts = NameFiles.hosts(named, List.of("10.1.2.3"), List.of(), Optional.empty());
    assertTrue(hosts.endsWith("10.1.2.3\tweb.example.org web\n"), hosts);
    assertEquals("web\n", NameFiles.hostname(named));
  }

  @Test
  void withoutNetworkThereIsNoAddress() {
    String hosts = NameFiles.hosts(WEB, List.of(), List.of("h:host-gateway"), Optional.empty());
    assertFalse(hosts.contains("web"));
    assertFalse(hosts.contains("host-gateway"));
  }

  @Test
  void hostNetworkKeepsTheHostsFile() {
    assertEquals(
        "127.0.0.1 me\n10.0.0.1\tdb\n",
        NameFiles.hostsOnHostNetwork("127.0.0.1 me", List.of("db:10.0.0.1")));
  }

  @Test
  void loopbackAndIpv6ResolversAreLeftOut() {
    ResolvConf host =
        ResolvConf.parse(
            """
            # made by dhcp
            nameserver 127.0.0.53
            nameserver 10.0.0.2 # inner
            nameserver fe80::1%eth0
            search a.org b.org
            options ndots:2 edns0
            """);
    ResolvConf inside = host.inContainer(List.of(), List.of(), List.of());
    assertEquals(
        """
        nameserver 10.0.0.2
        search a.org b.org
        options ndots:2 edns0
        """,
        inside.text());
  }

  @Test
  void withoutUsableResolverThePublicOnesServe() {
    ResolvConf inside =
        ResolvConf.parse("nameserver 127.0.0.1\n").inContainer(List.of(), List.of(), List.of());
    assertEquals(List.of("8.8.8.8", "8.8.4.4"), inside.nameservers());
  }

  @Test
  void optionsReplaceWhatTheHostHas() {
    ResolvConf inside =
        ResolvConf.parse(
                """
                nameserver 10.0.0.2
                domain a.org
                options x
                """)
            .inContainer(List.of("1.1.1.1"), List.of("."), List.of("ndots:1"));
    assertEquals("nameserver 1.1.1.1\noptions ndots:1\n", inside.text());
  }
}
