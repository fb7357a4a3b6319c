package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlatformTest {

  private static final Platform HOST = new Platform("linux", "amd64", "");

  private static String parsed(String text) {
    return Platform.parse(text, HOST).map(Platform::toString).orElse("none");
  }

  @Test
  void readsWhatPeopleWrite() {
    assertEquals("linux/amd64", parsed("linux"));
    assertEquals("linux/amd64", parsed("amd64"));
    assertEquals("linux/amd64", parsed("Linux/X86_64"));
    assertEquals("linux/arm64", parsed("aarch64"));
    assertEquals("linux/arm64", parsed("linux/arm64/v8"));
    assertEquals("linux/arm/v7", parsed("linux/arm"));
    assertEquals("linux/arm/v6", parsed("armel"));
    assertEquals("linux/386", parsed("i386"));
    assertEquals("none", parsed(""));
    assertEquals("none", parsed("linux/"));
    assertEquals("none", parsed("a/b/c/d"));
    assertEquals("none", parsed("linux/a b"));
  }

  @Test
  void saysWhatIsNoPlatform() {
    assertEquals("\"foobar\": unknown operating system or architecture", refused("foobar"));
    assertEquals("\"\" is an invalid OS component of \"/\"", refused("/"));
    assertEquals("\"b c\" is an invalid component of \"a/b c\"", refused("a/b c"));
    assertEquals("\"a/b/c/d\": cannot parse platform specifier", refused("a/b/c/d"));
  }

  private static String refused(String text) {
    return assertThrows(ApiException.class, () -> Platform.require(text, HOST)).getMessage();
  }

  @Test
  void lowerVariantsRunOnHigherOnes() {
    Platform seven = new Platform("linux", "arm", "v7");
    assertEquals(Optional.of(0), seven.distance(new Platform("linux", "arm", "")));
    assertEquals(Optional.of(1), seven.distance(new Platform("linux", "arm", "v6")));
    assertFalse(new Platform("linux", "arm", "v6").runs(seven));
    assertTrue(HOST.runs(new Platform("linux", "x86-64", "v1")));
    assertFalse(HOST.runs(new Platform("linux", "amd64", "v3")));
    assertFalse(HOST.runs(new Platform("windows", "amd64", "")));
  }
}
