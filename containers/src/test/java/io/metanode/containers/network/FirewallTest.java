package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FirewallTest {

  private final List<String> loaded = Collections.synchronizedList(new ArrayList<>());
  private boolean refusing;
  private final Firewall firewall = new Firewall("metanode_t", this::load);

  private void load(String script) throws IOException {
    if (refusing) {
      throw new IOException("nft: no");
    }
    loaded.add(script);
  }

  private static PublishedPort port(String protocol, Optional<Ipv4> host, int port) {
    return new PublishedPort(protocol, host, port, Ipv4.of("172.29.0.2"), 80);
  }

  private static NftScript.Segment segment(
      String bridge, String subnet, boolean internal, Optional<NftScript.NamePorts> names) {
    return new NftScript.Segment(
        bridge, Subnet.parse(subnet).orElseThrow(), Optional.empty(), internal, true, names);
  }

  @Test
  void questionsForNamesAreLedAheadOfAPublishedPort53() throws IOException {
    firewall.add(
        segment(
            "br2",
            "10.8.0.0/16",
            false,
            Optional.of(new NftScript.NamePorts(Ipv4.of("10.8.0.1"), 40_001, 40_002))));
    firewall.rebuild();
    String script = loaded.getFirst();
    int names = script.indexOf("iifname \"br2\" ip daddr 10.8.0.1 udp dport 53 redirect to :40001");
    assertTrue(names > script.indexOf("chain prerouting"), script);
    assertTrue(script.indexOf("fib daddr type local jump ports", names) > names, script);
    assertTrue(script.contains("tcp dport 53 redirect to :40002"), script);
  }

  @Test
  void nothingIsLoadedBeforeTheWholeIsKnown() throws IOException {
    firewall.add(segment("br0", "172.29.0.0/16", false, Optional.empty()));
    firewall.publish(List.of(port("tcp", Optional.empty(), 8080)));
    assertTrue(loaded.isEmpty());
    firewall.rebuild();
    String script = loaded.getFirst();
    assertTrue(script.startsWith("add table ip metanode_t\ndelete table ip metanode_t\n"), script);
    assertTrue(script.contains("ip saddr 172.29.0.0/16 oifname != \"br0\" masquerade"), script);
    assertTrue(script.contains("oifname \"br0\" drop"), script);
    assertTrue(
        script.endsWith("add element ip metanode_t tcp_any { 8080 : 172.29.0.2 . 80 }\n"), script);
  }

  @Test
  void portsComeAndGoAsElements() throws IOException {
    firewall.rebuild();
    PublishedPort udp = port("udp", Optional.of(Ipv4.of("10.0.0.1")), 53);
    firewall.publish(List.of(udp));
    assertEquals(
        "add element ip metanode_t udp_at { 10.0.0.1 . 53 : 172.29.0.2 . 80 }\n", loaded.getLast());
    firewall.unpublish(List.of(udp));
    firewall.rebuild();
    String all = String.join("", loaded);
    assertTrue(all.indexOf("delete element") < all.lastIndexOf("delete table"), all);
    assertFalse(all.substring(all.lastIndexOf("delete table")).contains("10.0.0.1"), all);
  }

  @Test
  void internalNetworksHaveNoWayOut() throws IOException {
    firewall.add(segment("br1", "10.9.0.0/16", true, Optional.empty()));
    firewall.rebuild();
    assertTrue(loaded.getFirst().contains("iifname \"br1\" oifname != \"br1\" drop"));
    assertFalse(loaded.getFirst().contains("10.9.0.0/16"));
  }

  @Test
  void refusalIsToldAndForgottenAfterSuccess() throws IOException {
    refusing = true;
    assertThrows(IOException.class, firewall::rebuild);
    assertEquals(Optional.of("nft: no"), firewall.failure());
    refusing = false;
    firewall.rebuild();
    assertEquals(Optional.empty(), firewall.failure());
  }
}
