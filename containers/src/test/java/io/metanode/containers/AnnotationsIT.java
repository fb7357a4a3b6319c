package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.Json;
import io.metanode.containers.image.Commands;
import io.metanode.containers.registry.DebianRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code docker build --annotation}: what the image's manifest says besides. */
class AnnotationsIT extends BuildxClient {

  private static final String DOCKERFILE = "FROM bb\nRUN echo noted > /noted\n";

  @TempDir Path out;

  private static JsonNode pushed(DebianRegistry registry, String tag) throws Exception {
    return Json.MAPPER.readTree(
        Commands.check(
            "curl",
            "-sf",
            "-H",
            "Accept: application/vnd.oci.image.manifest.v1+json",
            "http://" + registry.authority() + "/v2/noted/manifests/" + tag));
  }

  private static String said(JsonNode manifest) {
    return manifest.path("annotations").toString();
  }

  @Test
  void goWithTheNameThatWasBuilt() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(out.resolve("registry"))) {
      String name = registry.authority() + "/noted:";
      build(
          DOCKERFILE,
          "--push",
          "-t",
          name + "1",
          "--annotation",
          "org.opencontainers.image.title=of it=all",
          "--annotation",
          "manifest:a=b");
      String all = "{\"a\":\"b\",\"org.opencontainers.image.title\":\"of it=all\"}";
      assertEquals(all, said(pushed(registry, "1")));
      // The same image by another name, and without a word.
      build(DOCKERFILE, "--push", "-t", name + "2");
      assertEquals("", said(pushed(registry, "2")));
      fixture.docker("push", name + "1");
      assertEquals(all, said(pushed(registry, "1")));
      fixture.docker("tag", name + "1", name + "3");
      fixture.docker("push", name + "3");
      assertEquals(all, said(pushed(registry, "3")));
      fixture.docker("tag", name + "2", name + "3");
      fixture.docker("push", name + "3");
      assertEquals("", said(pushed(registry, "3")));
      Path saved = out.resolve("saved.tar");
      fixture.docker("save", "-o", saved.toString(), name + "1", name + "2");
      assertEquals(all, said(inArchive(saved, 0)));
      assertEquals("", said(inArchive(saved, 1)));
      build(DOCKERFILE, "--push", "-t", name + "1");
      assertEquals("", said(pushed(registry, "1")));
      String id = fixture.docker("inspect", "-f", "{{.Id}}", name + "1");
      fixture.docker("rmi", name + "1");
      build(DOCKERFILE, "--push", "-t", name + "1", "--annotation", "a=c");
      fixture.docker("rmi", name + "1");
      fixture.docker("pull", name + "1");
      assertEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", name + "1"));
      assertEquals("{\"a\":\"c\"}", said(pushed(registry, "1")));
    }
  }

  private static JsonNode index(Path archive) throws Exception {
    return Json.MAPPER
        .readTree(Commands.check("tar", "-xOf", archive.toString(), "index.json"))
        .path("manifests");
  }

  private static JsonNode inArchive(Path archive, int number) throws Exception {
    String digest = index(archive).path(number).path("digest").asString();
    String path = "blobs/sha256/" + digest.substring("sha256:".length());
    return Json.MAPPER.readTree(Commands.check("tar", "-xOf", archive.toString(), path));
  }

  @Test
  void areInArchives() throws Exception {
    for (String type : List.of("oci", "docker")) {
      Path archive = out.resolve(type);
      build(
          DOCKERFILE,
          "-t",
          "noted:" + type,
          "-o",
          "type=" + type + ",dest=" + archive,
          "--annotation",
          "manifest[linux/" + architecture() + "]:a=b",
          "--annotation",
          "manifest-descriptor:c=d");
      assertEquals("{\"a\":\"b\"}", said(inArchive(archive, 0)));
      JsonNode entry = index(archive).path(0).path("annotations");
      assertEquals("d", entry.path("c").asString());
      assertEquals(
          "docker.io/library/noted:" + type, entry.path("io.containerd.image.name").asString());
      fixture.docker("load", "-i", archive.toString());
    }
    build(DOCKERFILE, "-o", out.resolve("files").toString(), "--annotation", "a=b");
    // What was loaded is as it came; the same image built again says what its own build says.
    build(DOCKERFILE, "-t", "noted:plain");
    Path saved = out.resolve("saved");
    fixture.docker("save", "-o", saved.toString(), "noted:oci", "noted:plain");
    assertEquals("{\"a\":\"b\"}", said(inArchive(saved, 0)));
    assertEquals("", said(inArchive(saved, 1)));
  }

  private static String architecture() throws Exception {
    return fixture.docker("version", "-f", "{{.Server.Arch}}");
  }

  /** A manifest of Docker's has no place for them; what is pulled keeps its own. */
  @Test
  void ofAnImageThatNothingWasAddedTo() throws Exception {
    Path archive = out.resolve("base");
    build("FROM bb\n", "-t", "x", "-o", "type=oci,dest=" + archive, "--annotation", "a=b");
    assertEquals("{\"a\":\"b\"}", said(inArchive(archive, 0)));
    fixture.docker("save", "-o", archive.toString(), "bb");
    assertEquals("", said(inArchive(archive, 0)));
  }

  @Test
  void whatThereIsNoPlaceForIsRefused() throws Exception {
    refused("index annotations not supported", "index:a=b", "-t", "x");
    refused("annotations of a manifest's descriptor", "manifest-descriptor:a=b", "-t", "x");
    refused("annotations belong to a name", "a=b");
    refused("no platform linux/riscv64 found in source", "manifest[linux/riscv64]:a=b", "-t", "x");
    assertTrue(fixture.docker("images", "-q", "x").isEmpty());
  }

  /** Clients send annotations of outputs that are named. */
  private void refused(String message, String annotation, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-o", "type=image", "--annotation", annotation));
    all.addAll(List.of(options));
    fails(DOCKERFILE, message, all.toArray(String[]::new));
  }

  @Test
  void outliveTheEngine() throws Exception {
    build(DOCKERFILE, "-t", "noted:kept", "-o", "type=image", "--annotation", "a=b");
    fixture.reopen();
    Path saved = out.resolve("saved");
    fixture.docker("save", "-o", saved.toString(), "noted:kept");
    assertEquals("{\"a\":\"b\"}", said(inArchive(saved, 0)));
  }
}
