package io.metanode.containers.buildkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

  private static final Platform HOST = new Platform("linux", "amd64", "");

  private static Annotations of(Map<String, String> attributes) throws ApiException {
    return Annotations.of(attributes, HOST);
  }

  private static void refused(String message, String key) {
    ApiException refusal = assertThrows(ApiException.class, () -> of(Map.of(key, "v")));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void areTheManifestsUnlessTheySayOtherwise() throws Exception {
    Annotations said =
        of(
            Map.of(
                "name", "other",
                "annotation.org.a.b", "1",
                "annotation-manifest.c", "2",
                "annotation-manifest-descriptor.d", "3"));
    assertEquals(Map.of("org.a.b", "1", "c", "2"), said.manifest());
    assertEquals(Map.of("d", "3"), said.descriptor());
  }

  @Test
  void thoseOfThePlatformGoFirst() throws Exception {
    Annotations said =
        of(
            Map.of(
                "annotation.a", "all",
                "annotation-manifest[linux/amd64].a", "own",
                "annotation-manifest-descriptor[linux/x86_64].b", "own"));
    assertEquals(Map.of("a", "own"), said.manifest());
    assertEquals(Map.of("b", "own"), said.descriptor());
    refused(
        "invalid annotation: no platform linux/arm64 found in source",
        "annotation-manifest[linux/arm64].a");
  }

  @Test
  void whatThereIsNoPlaceForIsRefused() throws Exception {
    String index = "index annotations not supported for single platform export";
    refused(index, "annotation-index.a");
    refused(index, "annotation-index-descriptor.a");
    refused("unrecognized annotation type layer", "annotation-layer.a");
    refused("invalid annotation \"annotation.\"", "annotation.");
  }

  @Test
  void ofAnImageHereTheyAreThoseOfItsNames() throws Exception {
    List<ImageReference> names = List.of(ImageReference.parse("a:1"));
    Annotations said = of(Map.of("annotation.a", "1"));
    assertEquals(Map.of("a", "1"), said.ofNames(names));
    assertThrows(ApiException.class, () -> said.ofNames(List.of()));
    assertEquals(Map.of(), Annotations.NONE.ofNames(List.of()));
    Annotations described = of(Map.of("annotation-manifest-descriptor.a", "1"));
    assertThrows(ApiException.class, () -> described.ofNames(names));
  }
}
