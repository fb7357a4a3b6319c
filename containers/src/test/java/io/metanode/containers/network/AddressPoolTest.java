package io.metanode.containers.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AddressPoolTest {

  private final Subnet subnet = Subnet.parse("10.0.0.0/29").orElseThrow();
  private final Set<String> links = new HashSet<>();
  private final AddressPool<Ipv4> pool =
      new AddressPool<>(subnet, subnet, List.of(subnet.firstHost()), links::contains);

  private Ipv4 ip(String text) {
    return Ipv4.of(text);
  }

  @Test
  void allButGatewayNetworkAndBroadcastAreGivenOutOnce() {
    List<String> given = new ArrayList<>();
    for (Optional<Ipv4> next = pool.take(); next.isPresent(); next = pool.take()) {
      given.add(next.get().toString());
    }
    assertEquals(List.of("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"), given);
  }

  @Test
  void freedAddressesComeLastAndNotBeforeTheirLinkIsGone() {
    Ipv4 first = pool.take().orElseThrow();
    links.add("mn1");
    pool.free(first, "mn1");
    for (int i = 3; i <= 6; i++) {
      assertEquals(Optional.of(ip("10.0.0." + i)), pool.take());
    }
    assertEquals(Optional.empty(), pool.take());
    assertFalse(pool.take(first));
    links.clear();
    assertEquals(Optional.of(first), pool.take());
  }

  @Test
  void certainAddressesAreTakenOnceAndOnlyIfUsable() {
    assertTrue(pool.take(ip("10.0.0.4")));
    for (String taken : List.of("10.0.0.4", "10.0.0.1", "10.0.0.0", "10.0.0.7", "10.0.0.8")) {
      assertFalse(pool.take(ip(taken)), taken);
    }
  }

  @Test
  void noAddressIsEverHeldTwice() {
    Property.check(
        "addresses",
        200,
        gen -> {
          Set<String> alive = new HashSet<>();
          AddressPool<Ipv4> random =
              new AddressPool<>(subnet, subnet, List.of(subnet.firstHost()), alive::contains);
          Set<Ipv4> held = new HashSet<>();
          for (int step = 0; step < 60; step++) {
            if (gen.bool()) {
              Optional<Ipv4> next = random.take();
              next.ifPresent(address -> assertTrue(held.add(address), address + " twice"));
            } else if (!held.isEmpty()) {
              Ipv4 gone = gen.pick(List.copyOf(held));
              held.remove(gone);
              alive.add("mn" + step);
              random.free(gone, "mn" + step);
            }
            if (gen.oneIn(4)) {
              alive.clear();
            }
          }
          assertEquals(held.size() + 1, random.taken());
        });
  }
}
