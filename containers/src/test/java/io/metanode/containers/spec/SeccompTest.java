package io.metanode.containers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class SeccompTest {

  private static final List<String> TABLES = List.of("SCMP_ARCH_X86_64");

  @Test
  void onlyTablesTheKernelHasAreCompiled() {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "x86_64 only");
    assertEquals(List.of("SCMP_ARCH_X86_64"), Seccomp.architectures(false, false));
    assertEquals(List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86"), Seccomp.architectures(false, true));
    assertEquals(
        List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
        Seccomp.architectures(true, true));
  }

  @Test
  void defaultFilterHoldsBackWhatNeedsSysAdmin() {
    ObjectNode profile = Seccomp.defaults("amd64", TABLES, Set.copyOf(Capabilities.DEFAULT));
    List<String> plain = plain(profile);
    assertTrue(plain.containsAll(List.of("read", "openat2", "chroot", "arch_prctl")));
    for (String held : List.of("mount", "bpf", "io_uring_setup", "clone", "reboot", "syslog")) {
      assertFalse(plain.contains(held), held);
    }
    assertEquals(
        "{\"names\":[\"clone3\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}",
        rule(profile, "clone3").toString());
    assertEquals(
        "[{\"index\":0,\"value\":2114060288,\"op\":\"SCMP_CMP_MASKED_EQ\"}]",
        rule(profile, "clone").path("args").toString());
    assertEquals(
        "[{\"index\":0,\"value\":40,\"op\":\"SCMP_CMP_NE\"}]",
        rule(profile, "socket").path("args").toString());
  }

  @Test
  void capabilitiesOpenWhatTheyAreFor() {
    List<String> plain =
        plain(Seccomp.defaults("amd64", TABLES, Set.of("CAP_SYS_ADMIN", "CAP_SYS_TIME")));
    assertTrue(plain.containsAll(List.of("mount", "clone", "clone3", "settimeofday")));
    assertFalse(plain.contains("chroot"));
  }

  @Test
  void architectureDecidesItsOwnCalls() {
    ObjectNode arm = Seccomp.defaults("arm64", TABLES, Set.of());
    assertTrue(plain(arm).contains("cacheflush"));
    assertFalse(plain(arm).contains("arch_prctl"));
  }

  @Test
  void everyConditionNamesAKnownCapability() {
    Set<String> all = Set.copyOf(Capabilities.all());
    List<String> open = plain(Seccomp.defaults("amd64", TABLES, all));
    assertTrue(open.containsAll(List.of("vhangup", "acct", "kcmp", "open_by_handle_at", "iopl")));
  }

  @Test
  void givenProfileLosesItsConditions() {
    ObjectNode profile =
        (ObjectNode)
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
                      {"name":"mkdir","action":"SCMP_ACT_ERRNO"},
                      {"names":["a"],"action":"X","includes":{"caps":["CAP_SYS_ADMIN"]}},
                      {"names":["b"],"action":"X","excludes":{"caps":["CAP_CHOWN"]}},
                      {"names":["c"],"action":"X","includes":{"caps":["CAP_CHOWN"]}}]}
                    """);
    JsonNode calls = Seccomp.given(profile, TABLES, List.of("CAP_CHOWN")).path("syscalls");
    assertEquals(
        "[{\"action\":\"SCMP_ACT_ERRNO\",\"names\":[\"mkdir\"]},"
            + "{\"names\":[\"c\"],\"action\":\"X\"}]",
        calls.toString());
  }

  private static List<String> plain(ObjectNode profile) {
    return profile.at("/syscalls/0/names").valueStream().map(JsonNode::asString).toList();
  }

  private static JsonNode rule(ObjectNode profile, String name) {
    return profile
        .path("syscalls")
        .valueStream()
        .filter(
            entry ->
                entry.path("names").size() == 1 && entry.at("/names/0").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
