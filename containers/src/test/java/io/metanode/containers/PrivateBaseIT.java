package io.metanode.containers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.containers.registry.DebianRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Base images of a registry that wants a login: {@code buildx} answers for it in its session, the
 * classic builder's client sends it ahead.
 */
@Timeout(180)
final class PrivateBaseIT {

  private static DockLockFixture fixture;
  private static DebianRegistry registry;

  @TempDir private static Path directory;
  @TempDir private Path context;

  @BeforeAll
  static void open() throws Exception {
    registry = DebianRegistry.withUser(directory.resolve("registry"));
    fixture = new DockLockFixture();
    fixture.importBusybox();
    FetchedClients.plugin(fixture, "docker-buildx");
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  @BeforeEach
  void push() throws Exception {
    login();
    fixture.docker("tag", "bb", base());
    fixture.docker("push", base());
    fixture.docker("rmi", base());
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM " + base() + "\nCOPY --from=" + base() + " /etc/passwd /p\n");
  }

  private static String base() {
    return registry.authority() + "/private/base:1";
  }

  private static void login() throws Exception {
    fixture.docker(
        "login", "-u", DebianRegistry.USER, "-p", DebianRegistry.PASSWORD, registry.authority());
  }

  private Output build(String builder) throws Exception {
    List<String> command = fixture.command("build", "--pull", "-t", "built", context.toString());
    command.add(1, "DOCKER_BUILDKIT=" + builder);
    return Commands.run(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void theClientsLoginIsUsedAndNotKept(String builder) throws Exception {
    Output built = build(builder);
    assertEquals(0, built.exit(), built.text());
    assertTrue(fixture.docker("run", "--rm", "built", "cat", "/p").startsWith("root:x:0:0:"));

    fixture.docker("logout", registry.authority());
    Output refused = build(builder);
    assertEquals(1, refused.exit(), refused.text());
    String why = "no basic auth credentials for " + registry.authority() + "; docker login ";
    assertTrue(refused.text().contains(why), refused.text());

    fixture.docker("rmi", "-f", "built", base());
    assertEquals(1, build(builder).exit());
    assertFalse(fixture.docker("images", "--format", "{{.Repository}}").contains("built"));
    login();
    built = build(builder);
    assertEquals(0, built.exit(), built.text());
    fixture.docker("rmi", "-f", "built", base());
    assertEquals(List.of(), written(DebianRegistry.PASSWORD));
    String login = DebianRegistry.USER + ":" + DebianRegistry.PASSWORD;
    assertEquals(List.of(), written(Base64.getEncoder().encodeToString(login.getBytes(US_ASCII))));
  }

  /** The files of the engine, its receipts among them, in which a text is. */
  private static List<String> written(String text) throws Exception {
    List<String> places = new ArrayList<>();
    for (String name : List.of("home", "receipts", "run")) {
      Output found =
          Commands.run(
              "grep",
              "-rlaF",
              "--devices=skip",
              text,
              fixture.directory().resolve(name).toString());
      places.addAll(found.text().lines().filter(line -> !line.startsWith("grep:")).toList());
    }
    return places;
  }
}
