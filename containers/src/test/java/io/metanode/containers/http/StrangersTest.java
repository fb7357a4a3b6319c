package io.metanode.containers.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class StrangersTest {

  private final Strangers strangers = new Strangers(40);

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }

  private int enterAll(String address) {
    int entered = 0;
    while (strangers.enter(at(address))) {
      entered++;
    }
    return entered;
  }

  @Test
  void oneAddressCannotTakeAll() {
    assertTrue(enterAll("192.0.2.1") == Strangers.FROM_ONE_PLACE);
    assertTrue(enterAll("192.0.2.2") == Strangers.FROM_ONE_PLACE);
    assertTrue(enterAll("192.0.2.3") == 40 - 2 * Strangers.FROM_ONE_PLACE);
  }

  @Test
  void addressesOfOneNetworkOf64BitsAreOnePlace() {
    assertTrue(enterAll("2001:db8::1") == Strangers.FROM_ONE_PLACE);
    assertFalse(strangers.enter(at("2001:db8::2:3")));
    assertTrue(strangers.enter(at("2001:db8:0:1::1")));
  }

  @Test
  void whoLeavesMakesRoom() {
    enterAll("192.0.2.1");
    strangers.leave(at("192.0.2.1"));
    assertTrue(strangers.enter(at("192.0.2.1")));
    assertFalse(strangers.enter(at("192.0.2.1")));
  }
}
