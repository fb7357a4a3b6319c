package io.metanode.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwardPolicyTest {

  private static final String DROP = "-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n";

  @Test
  void adviceNamesTheBridgesThatAreThere() {
    String advice = ForwardPolicy.finding(DROP, List.of("metanode3", "mnb12ab")).toString();
    for (String bridge : List.of("metanode3", "mnb12ab")) {
      assertTrue(advice.contains("iptables -I FORWARD -i " + bridge + " -j ACCEPT"), advice);
      assertTrue(advice.contains("iptables -I FORWARD -o " + bridge + " -j ACCEPT"), advice);
    }
    assertFalse(advice.contains("metanode0"), advice);
  }

  @Test
  void onlyWhatIsMissingIsAdvised() {
    String half = DROP + "-A FORWARD -i metanode1 -j ACCEPT\n";
    String advice = ForwardPolicy.finding(half, List.of("metanode1")).toString();
    assertFalse(advice.contains("-I FORWARD -i metanode1"), advice);
    assertTrue(advice.contains("-I FORWARD -o metanode1"), advice);
    String whole = half + "-A FORWARD -o metanode1 -j ACCEPT\n";
    assertEquals(
        Finding.ok("FORWARD policy", "DROP, and our bridges are accepted"),
        ForwardPolicy.finding(whole, List.of("metanode1")));
  }

  @Test
  void whereNothingIsDroppedNothingIsAdvised() {
    assertEquals(
        Finding.ok("FORWARD policy", "does not drop"),
        ForwardPolicy.finding("-P FORWARD ACCEPT\n", List.of("metanode0")));
  }
}
