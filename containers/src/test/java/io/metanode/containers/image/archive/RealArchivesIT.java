package io.metanode.containers.image.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageLoad.Loaded;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.LoadProgress;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.layer.ChainId;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that other programs write and read: skopeo, and a dockerd of our own. */
class RealArchivesIT {

  @TempDir private Path directory;
  private ImageFixture fixture;

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    fixture = new ImageFixture(directory.resolve("home"));
  }

  private List<Loaded> load(ImageFixture into, Path archive) throws Exception {
    try (InputStream in = Files.newInputStream(archive)) {
      return into.images.load(ImageFixture.ACTOR, in, LoadProgress.NONE);
    }
  }

  private Path save(ImageFixture from, String name, String file) throws Exception {
    Path archive = directory.resolve(file);
    try (OutputStream out = Files.newOutputStream(archive)) {
      from.save().write(from.save().select(List.of(name)), out);
    }
    return archive;
  }

  private Image twoLayers() throws Exception {
    byte[] lower = new TarBuilder().directory("tmp", 01777).file("f", "1").bytes();
    byte[] upper = new TarBuilder().file("tmp/g", "2").file(".wh.f", "").bytes();
    fixture.images.load(
        ImageFixture.ACTOR,
        TarBuilder.stream(TarBuilder.dockerArchive("two:1", lower, upper)),
        LoadProgress.NONE);
    return fixture.store.resolve("two:1");
  }

  @Test
  void skopeoReadsWhatWeSaveAndWeReadWhatSkopeoWrites() throws Exception {
    assumeTrue(Commands.has("skopeo"), "no skopeo on this host");
    Image image = twoLayers();
    Path ours = save(fixture, "two:1", "ours.tar");
    for (String form : List.of("docker-archive", "oci-archive")) {
      Path theirs = directory.resolve(form + ".tar");
      Commands.check(
          "skopeo",
          "--insecure-policy",
          "copy",
          "docker-archive:" + ours,
          form + ":" + theirs + ":two:1");
      ImageFixture other = new ImageFixture(directory.resolve(form));
      Loaded loaded = load(other, theirs).getFirst();
      assertEquals("two:1", loaded.name().orElseThrow().familiar(), form);
      Image found = other.store.image(loaded.id()).orElseThrow();
      assertEquals(image.layers(), found.layers(), form);
      assertEquals(image.config().command(), found.config().command(), form);
    }
  }

  @Test
  void keepsTheCompressedBlobsAndTheManifestOfALayout() throws Exception {
    assumeTrue(Commands.has("skopeo"), "no skopeo on this host");
    twoLayers();
    Path ours = save(fixture, "two:1", "ours.tar");
    Path theirs = directory.resolve("oci.tar");
    Commands.check(
        "skopeo",
        "--insecure-policy",
        "copy",
        "docker-archive:" + ours,
        "oci-archive:" + theirs + ":r:1");
    ImageFixture other = new ImageFixture(directory.resolve("other"));
    Loaded loaded = load(other, theirs).getFirst();
    for (StoredLayer layer : other.store.record(loaded.id()).layers()) {
      assertTrue(layer.mediaType().endsWith("+gzip"), layer.mediaType());
    }
    Path again = save(other, "r:1", "again.tar");
    String raw = Commands.check("skopeo", "inspect", "--raw", "oci-archive:" + again);
    assertEquals(Commands.check("skopeo", "inspect", "--raw", "oci-archive:" + theirs), raw);
  }

  @Test
  void exchangesImagesWithDockerd() throws Exception {
    assumeTrue(Commands.has("dockerd") && Commands.has("docker"), "no dockerd on this host");
    try (OwnDockerd docker = OwnDockerd.start(directory.resolve("dockerd"))) {
      Path root = directory.resolve("root");
      Files.createDirectories(root.resolve("bin"));
      Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
      Commands.check("ln", "-s", "busybox", root.resolve("bin/sh").toString());
      Commands.check("sh", "-c", "tar -C " + root + " -cf " + root + ".tar .");
      String base = docker.run("import", "-c", "CMD [\"/bin/sh\"]", root + ".tar", "bb:1");
      Files.writeString(
          directory.resolve("Dockerfile"),
          "FROM bb:1\nCOPY Dockerfile /d/\nENV A=b\nCOPY Dockerfile /e\n");
      docker.build(directory.resolve("Dockerfile"), "built:1");
      Path theirs = directory.resolve("theirs.tar");
      docker.run("save", "-o", theirs.toString(), "built:1", "bb:1");
      List<Loaded> loaded = load(fixture, theirs);
      assertEquals(2, loaded.size());
      String built = docker.run("inspect", "-f", "{{.Id}}", "built:1");
      assertEquals(built, fixture.store.find("built:1").toString());
      assertEquals(base, fixture.store.find("bb:1").toString());
      Image image = fixture.store.resolve("built:1");
      Path top =
          fixture.store.layers().find(ChainId.of(image.layers()).getLast()).orElseThrow().root();
      assertTrue(Files.exists(top.resolve("e")));
      docker.run("rmi", "-f", "built:1", "bb:1");
      Path ours = save(fixture, "built:1", "ours.tar");
      assertEquals("Loaded image: built:1", docker.run("load", "-q", "-i", ours.toString()));
      assertEquals(built, docker.run("inspect", "-f", "{{.Id}}", "built:1"));
    }
  }
}
