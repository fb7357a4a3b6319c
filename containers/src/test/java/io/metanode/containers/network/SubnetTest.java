package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SubnetTest {

  @Test
  void addressesAreReadStrictly() {
    assertEquals("172.29.0.255", Ipv4.of("172.29.0.255").toString());
    for (String bad :
        List.of("", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.x", "::1")) {
      assertEquals(Optional.empty(), Ipv4.parse(bad), bad);
    }
    assertEquals("02:42:ac:1d:00:02", Ipv4.of("172.29.0.2").macAddress());
  }

  @Test
  void hostBitsAreCleared() {
    Subnet subnet = Subnet.parse("10.1.2.3/16").orElseThrow();
    assertEquals("10.1.0.0/16", subnet.toString());
    assertEquals(Ipv4.of("10.1.255.255"), subnet.broadcast());
    assertTrue(subnet.contains(Ipv4.of("10.1.9.9")));
    assertFalse(subnet.contains(Ipv4.of("10.2.0.0")));
    for (String bad : List.of("10.0.0.0", "10.0.0.0/31", "10.0.0.0/4", "x/16", "10.0.0.0/1x")) {
      assertEquals(Optional.empty(), Subnet.parse(bad), bad);
    }
  }

  @Test
  void bridgesGetAnAddressRangeThatTheHostDoesNotUse() throws IOException {
    HostRoutes.Range net29 =
        HostRoutes.range("eth0\t00001DAC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0");
    HostRoutes.Range host = new HostRoutes.Range(Ipv4.of("172.30.7.7").bits(), -1);
    HostRoutes routes = new HostRoutes(List.of(net29, host));
    assertEquals("172.31.0.0/16", routes.choose().toString());
    HostRoutes private12 =
        new HostRoutes(List.of(new HostRoutes.Range(Ipv4.of("172.16.0.0").bits(), 0xfff00000)));
    assertEquals("192.168.0.0/20", private12.choose().toString());
  }
}
