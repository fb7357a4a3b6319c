package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Property;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 addresses as text, and ranges of them. */
final class Ipv6Test {

  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "fd00:0:0:0:0:0:0:1, fd00::1",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::"
  })
  void areWrittenShortestAndLowest(String text, String written) {
    assertEquals(written, Ipv6.of(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "10.0.0.1",
        "::ffff:10.0.0.1",
        "::1%eth0",
        ":::",
        "1:2:3",
        "g::1",
        "::1/64",
        "a b"
      })
  void whatIsNoneIsNone(String text) {
    assertEquals(Optional.empty(), Ipv6.parse(text));
  }

  @Test
  void everyAddressIsReadAsItIsWritten() {
    Property.check(
        "IPv6 as text",
        2_000,
        gen -> {
          long digits = gen.between(0, Long.MAX_VALUE);
          long kept = gen.between(0, Long.MAX_VALUE);
          long sparse = digits & kept;
          Ipv6 address = new Ipv6(gen.oneIn(3) ? 0 : sparse, gen.oneIn(3) ? 1 : -sparse);
          assertEquals(address, Ipv6.of(address.toString()));
          assertEquals(address, Ipv6.of(address.octets()));
        });
  }

  @Test
  void rangesHoldTheirOwn() {
    Subnet6 subnet = Subnet6.parse("fd00:1::7/64").orElseThrow();
    assertEquals("fd00:1::/64", subnet.toString());
    assertEquals(Ipv6.of("fd00:1::1"), subnet.firstHost());
    assertTrue(subnet.holdsHost(Ipv6.of("fd00:1::ffff:1")));
    assertFalse(subnet.holdsHost(Ipv6.of("fd00:1:0:1::1")));
    assertFalse(subnet.holdsHost(Ipv6.of("fd00:1::")));
    assertTrue(subnet.covers(Subnet6.parse("fd00:1::100/120").orElseThrow()));
    assertFalse(subnet.covers(Subnet6.parse("fd00::/32").orElseThrow()));
    assertTrue(subnet.overlaps(Subnet6.parse("fd00::/16").orElseThrow()));
    for (String bad : List.of("fd00::", "fd00::/7", "fd00::/127", "fd00::/x", "10.0.0.0/8")) {
      assertEquals(Optional.empty(), Subnet6.parse(bad), bad);
    }
    assertThrows(IllegalArgumentException.class, () -> new Subnet6(Ipv6.of("fd00::1"), 64));
  }

  @Test
  void aPoolOfALargeRangeGivesEachOnce() {
    Subnet6 subnet = Subnet6.parse("fd00::/8").orElseThrow();
    Subnet6 range = Subnet6.parse("fd00::8/125").orElseThrow();
    AddressPool<Ipv6> pool =
        new AddressPool<>(subnet, range, List.of(Ipv6.of("fd00::8")), _ -> false);
    Set<Ipv6> given = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      assertTrue(given.add(pool.take().orElseThrow()));
    }
    assertEquals(Optional.empty(), pool.take());
    assertTrue(pool.take(Ipv6.of("fd77::1")), "outside of the range one can be asked for");
  }
}
