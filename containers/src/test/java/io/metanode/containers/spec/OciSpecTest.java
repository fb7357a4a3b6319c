package io.metanode.containers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OciSpecTest {

  private static final HostLimits GENEROUS =
      new HostLimits(
          -1L, Collections.nCopies(16, -1L), 0, true, true, true, List.of("SCMP_ARCH_X86_64"));

  /** Bit 24 is CAP_SYS_RESOURCE; resource 7 is the number of open files. */
  private static final HostLimits MEAN =
      new HostLimits(
          ~(1L << 24),
          Collections.nCopies(16, 20_000L),
          0,
          false,
          false,
          false,
          List.of("SCMP_ARCH_X86_64"));

  @Test
  void unprivilegedContainerHasDockersHardening() {
    OciSpec spec = OciSpec.of(Samples.settings().build(), GENEROUS);
    JsonNode linux = spec.json().path("linux");
    assertEquals(14, spec.json().at("/process/capabilities/effective").size());
    assertTrue(texts(linux.path("maskedPaths")).contains("/proc/kcore"));
    assertTrue(texts(linux.path("readonlyPaths")).contains("/proc/sys"));
    assertEquals("SCMP_ACT_ERRNO", linux.at("/seccomp/defaultAction").asString());
    assertFalse(linux.at("/resources/devices/0/allow").asBoolean());
    assertEquals("0 2147483647", linux.path("sysctl").path("net.ipv4.ping_group_range").asString());
    assertTrue(options(spec, "/sys").contains("ro"));
    assertTrue(options(spec, "/dev/shm").contains("size=67108864"));
    assertEquals(List.of(), spec.warnings());
  }

  @Test
  void privilegedContainerIsOpen() {
    OciSpec spec =
        OciSpec.of(
            Samples.settings().privileged(true).capabilities(GENEROUS.grantable()).build(),
            GENEROUS);
    JsonNode linux = spec.json().path("linux");
    assertEquals(41, spec.json().at("/process/capabilities/bounding").size());
    assertEquals(0, linux.path("maskedPaths").size());
    assertFalse(linux.has("seccomp"));
    assertTrue(linux.at("/resources/devices/0/allow").asBoolean());
    assertTrue(options(spec, "/sys/fs/cgroup").contains("rw"));
  }

  @Test
  void ordinaryUserOnlyGetsABoundingSet() {
    OciSpec spec =
        OciSpec.of(Samples.settings().user(new UserIds(1000, 1000, List.of(27))).build(), GENEROUS);
    JsonNode process = spec.json().path("process");
    assertEquals(14, process.at("/capabilities/bounding").size());
    assertFalse(process.path("capabilities").has("effective"));
    assertEquals("[1000,27]", process.at("/user/additionalGids").toString());
  }

  @Test
  void hostNetworkKeepsTheHostsSysctls() {
    Namespaces host = Namespaces.defaults(new Namespace.Host(), 1);
    OciSpec spec = OciSpec.of(Samples.settings().namespaces(host).build(), GENEROUS);
    assertEquals(0, spec.json().at("/linux/sysctl").size());
    assertEquals(List.of("mount", "pid", "ipc", "uts"), types(spec.json().at("/linux/namespaces")));
  }

  @Test
  void whatTheHostForbidsIsLoweredAndSaid() {
    OciSpec spec =
        OciSpec.of(
            Samples.settings()
                .ulimits(List.of(new Ulimit("nofile", 65_536, 65_536)))
                .oomScore(-500)
                .limits(memory(64 << 20))
                .build(),
            MEAN);
    assertEquals(20_000, spec.json().at("/process/rlimits/0/hard").asLong());
    assertEquals(20_000, spec.json().at("/process/rlimits/0/soft").asLong());
    assertEquals(0, spec.json().at("/process/oomScoreAdj").asInt());
    assertFalse(spec.json().at("/linux/resources/memory").has("swap"));
    assertEquals(3, spec.warnings().size(), () -> spec.warnings().toString());
  }

  @Test
  void unlimitedIsTheLargestUnsignedNumber() {
    OciSpec spec =
        OciSpec.of(
            Samples.settings().ulimits(List.of(new Ulimit("core", -1, -1))).build(), GENEROUS);
    assertEquals("18446744073709551615", spec.json().at("/process/rlimits/0/hard").toString());
  }

  @Test
  void memoryAllowsAsMuchSwapUnlessSaidOtherwise() {
    OciSpec spec = OciSpec.of(Samples.settings().limits(memory(64 << 20)).build(), GENEROUS);
    assertEquals(128 << 20, spec.json().at("/linux/resources/memory/swap").asLong());
  }

  @Test
  void containersMountReplacesDockersAtItsPlace() {
    MountPoint shared = MountPoint.bind("/srv/shm", "/dev/shm", false, "rprivate");
    MountPoint deep = MountPoint.bind("/srv/b", "/data/in/deep", true, "rslave");
    MountPoint flat = MountPoint.bind("/srv/a", "/data", false, "rprivate");
    OciSpec spec =
        OciSpec.of(Samples.settings().mounts(List.of(deep, shared, flat)).build(), GENEROUS);
    List<String> places = destinations(spec);
    assertEquals(1, places.stream().filter("/dev/shm"::equals).count());
    assertTrue(places.indexOf("/data") < places.indexOf("/data/in/deep"));
    assertEquals("slave", spec.json().at("/linux/rootfsPropagation").asString());
  }

  @Test
  void ownDevHidesDockersMountsBelowIt() {
    MountPoint dev = MountPoint.bind("/dev", "/dev", false, "rprivate");
    List<String> places =
        destinations(OciSpec.of(Samples.settings().mounts(List.of(dev)).build(), GENEROUS));
    assertEquals(
        List.of("/dev"), places.stream().filter(place -> place.startsWith("/dev")).toList());
  }

  @Test
  void tmpfsOptionsOverrideTheDefaults() {
    assertEquals(
        List.of("nosuid", "nodev", "exec", "size=64k"),
        MountPoint.tmpfs("/t", List.of("exec", "size=64k")).options());
  }

  @Test
  void deviceRulesAreCheckedAndWritten() {
    OciSpec spec =
        OciSpec.of(Samples.settings().deviceRules(List.of("b 8:* rm")).build(), GENEROUS);
    JsonNode rules = spec.json().at("/linux/resources/devices");
    JsonNode last = rules.get(rules.size() - 1);
    assertEquals("{\"allow\":true,\"type\":\"b\",\"major\":8,\"access\":\"rm\"}", last.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> OciSpec.of(Samples.settings().deviceRules(List.of("x 8 rm")).build(), GENEROUS));
  }

  @Test
  void capabilitiesAreAddedAndDroppedAsDockerDoes() {
    assertEquals(List.of("CAP_NET_ADMIN"), Capabilities.of(List.of("net_admin"), List.of("ALL")));
    assertEquals(40, Capabilities.of(List.of("ALL"), List.of("CAP_SYS_ADMIN")).size());
    assertEquals(13, Capabilities.of(List.of(), List.of("chown")).size());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Capabilities.of(List.of("FLY"), List.of()));
    assertEquals("invalid CapAdd: unknown capability: \"CAP_FLY\"", e.getMessage());
  }

  private static Limits memory(long bytes) {
    return new Limits(
        OptionalLong.of(bytes),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        false);
  }

  private static List<String> options(OciSpec spec, String destination) {
    for (JsonNode mount : spec.json().path("mounts")) {
      if (mount.path("destination").asString().equals(destination)) {
        return texts(mount.path("options"));
      }
    }
    throw new AssertionError("nothing is mounted at " + destination);
  }

  private static List<String> destinations(OciSpec spec) {
    return spec.json()
        .path("mounts")
        .valueStream()
        .map(mount -> mount.path("destination").asString())
        .toList();
  }

  private static List<String> types(JsonNode namespaces) {
    return namespaces.valueStream().map(entry -> entry.path("type").asString()).toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
