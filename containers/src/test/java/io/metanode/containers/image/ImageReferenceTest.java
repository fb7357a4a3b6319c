package io.metanode.containers.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest, busybox:latest",
    "busybox:1.36, docker.io/library/busybox:1.36, busybox:1.36",
    "a/b, docker.io/a/b:latest, a/b:latest",
    "docker.io/busybox, docker.io/library/busybox:latest, busybox:latest",
    "index.docker.io/a/b:x, docker.io/a/b:x, a/b:x",
    "localhost/x, localhost/x:latest, localhost/x:latest",
    "host:5000/x/y:z, host:5000/x/y:z, host:5000/x/y:z",
    "Upper/case, Upper/case:latest, Upper/case:latest",
    "[::1]:5000/x, [::1]:5000/x:latest, [::1]:5000/x:latest",
    "a__b/c-d.e, docker.io/a__b/c-d.e:latest, a__b/c-d.e:latest",
    "library/x/y, docker.io/library/x/y:latest, library/x/y:latest"
  })
  void readsNamesAsPeopleWriteThem(String text, String whole, String familiar) throws Exception {
    ImageReference reference = ImageReference.parse(text).orLatest();
    assertEquals(whole, reference.toString());
    assertEquals(familiar, reference.familiar());
    assertEquals(reference, ImageReference.parse(reference.toString()));
    assertEquals(reference, ImageReference.parse(reference.familiar()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "/",
        "a:",
        ":tag",
        "a//b",
        "-a",
        "a-",
        "a..b",
        "a/b:c:d",
        "a@sha256:12",
        "a b",
        "a:-x",
        "a/",
        "host:port/x",
        "a@",
        "_a",
        "a._b"
      })
  void refusesWhatIsNoName(String text) {
    ApiException refusal = assertThrows(ApiException.class, () -> ImageReference.parse(text));
    assertEquals(400, refusal.status());
    assertEquals("invalid reference format", refusal.getMessage());
  }

  @Test
  void saysWhatIsWrongAsDockerDoes() {
    assertEquals(
        "invalid reference format: repository name (library/Foo) must be lowercase",
        assertThrows(ApiException.class, () -> ImageReference.parse("Foo")).getMessage());
    assertEquals(
        "invalid repository name ("
            + "a".repeat(64)
            + "), cannot specify 64-byte hexadecimal strings",
        assertThrows(ApiException.class, () -> ImageReference.parse("a".repeat(64))).getMessage());
    assertEquals(
        "repository name must not be more than 255 characters",
        assertThrows(ApiException.class, () -> ImageReference.parse("a/" + "b".repeat(255)))
            .getMessage());
  }

  @Test
  void keepsADigest() throws Exception {
    String digest = "sha256:" + "0".repeat(64);
    ImageReference reference = ImageReference.parse("x@" + digest);
    assertEquals("x@" + digest, reference.orLatest().familiar());
  }
}
