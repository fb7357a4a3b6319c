package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.containers.registry.DebianRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code FROM scratch}, to which nothing is added: an image without layers. */
class BareImageIT extends BuildxClient {

  private static final String LOOK =
      "{{json .RootFS}} {{.Size}} {{.Parent}} {{.Created}} {{json .Config.Env}}";
  private static final String BARE =
      "{\"Type\":\"layers\"} 0   [\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
          + ":/sbin:/bin\"]";

  @TempDir Path out;

  private static String id(String image) throws Exception {
    return inspect(image, "{{.Id}}");
  }

  private static String inspect(String image, String format) throws Exception {
    return fixture.docker("inspect", "-f", format, image);
  }

  @Test
  void isNamedFoundAgainAndRemoved() throws Exception {
    build("FROM scratch\n", "-t", "bare:1");
    assertEquals(BARE, inspect("bare:1", LOOK));
    assertEquals("", fixture.docker("history", "-q", "bare:1"));
    build(
        "FROM scratch AS one\nFROM one AS two\nFROM bb\nRUN exit 9\n",
        "-t",
        "bare:2",
        "--target",
        "two");
    assertEquals(id("bare:1"), id("bare:2"));
    build("FROM scratch\n", "-t", "bare:3", "--label", "a=b");
    assertEquals("{\"a\":\"b\"}", config("bare:3", "Labels"));
    String id = id("bare:1");
    assertEquals(id, build("FROM scratch\n", "-q").strip());
    fixture.docker("rmi", "bare:1", "bare:2", "bare:3");
    assertEquals("", fixture.docker("images", "-q", "bare"));
    assertNotEquals(0, Commands.run(fixture.command("inspect", id).toArray(String[]::new)).exit());
  }

  @Test
  void hasWhatMetadataSays() throws Exception {
    build("FROM scratch\nLABEL a=b\nCMD [\"x\"]\n", "-t", "bare:said");
    assertEquals("{\"Type\":\"layers\"}", inspect("bare:said", "{{json .RootFS}}"));
    assertEquals(
        "[\"x\"] {\"a\":\"b\"}", config("bare:said", "Cmd") + " " + config("bare:said", "Labels"));
    build(
        "FROM scratch AS made\nFROM bb\nCOPY --from=made . /n\nRUN ls -A /n > /l\n",
        "-t",
        "bare:of");
    assertEquals("", run("bare:of", "cat /l"));
  }

  @Test
  void goesWhereOthersGo() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(out.resolve("registry"))) {
      String name = registry.authority() + "/bare:1";
      build("FROM scratch\n", "--push", "-t", name);
      String id = id(name);
      Path saved = out.resolve("saved.tar");
      fixture.docker("save", "-o", saved.toString(), name);
      fixture.docker("rmi", name);
      fixture.docker("pull", name);
      assertEquals(id, id(name));
      fixture.docker("rmi", name);
      fixture.docker("load", "-i", saved.toString());
      assertEquals(id, id(name));
      fixture.docker("rmi", name);
    }
    build("FROM scratch\n", "-o", out.resolve("d").toString());
    try (var files = Files.list(out.resolve("d"))) {
      assertEquals(List.of(), files.toList());
    }
    build("FROM scratch\n", "-o", "type=tar,dest=" + out.resolve("t"));
    assertEquals("", Commands.check("tar", "-tf", out.resolve("t").toString()));
    build("FROM scratch\n", "-t", "bare:oci", "-o", "type=oci,dest=" + out.resolve("o"));
    fixture.docker("load", "-i", out.resolve("o").toString());
    assertEquals(BARE, inspect("bare:oci", LOOK));
    fixture.docker("create", "--name", "bare", "bare:oci", "/x");
    fixture.docker("rm", "bare");
  }

  @Test
  void isRefusedByTheClassicBuilder() throws Exception {
    file("Dockerfile", "FROM scratch\n");
    List<String> classic = command("-t", "bare:classic");
    classic.remove("--progress=plain");
    classic.add(1, "DOCKER_BUILDKIT=0");
    Output output = Commands.run(classic.toArray(String[]::new));
    assertNotEquals(0, output.exit(), output.text());
    assertTrue(
        output.text().contains("No image was generated. Is your Dockerfile empty?"), output.text());
  }
}
