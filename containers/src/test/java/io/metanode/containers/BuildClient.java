package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real client, which builds in an engine of its own. */
abstract class BuildClient extends WithDockLock {

  @TempDir Path context;

  @BeforeEach
  void fill() throws Exception {
    file("a.txt", "a");
    file("dir/b.txt", "b");
    file("dir/sub/c.md", "c");
  }

  void file(String name, String content) throws Exception {
    Path file = context.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  Output attempt(String dockerfile, String... options) throws Exception {
    file("Dockerfile", dockerfile);
    List<String> arguments = new ArrayList<>(List.of("build"));
    arguments.addAll(List.of(options));
    arguments.add(context.toString());
    List<String> command = fixture.command(arguments.toArray(String[]::new));
    command.add(1, "DOCKER_BUILDKIT=0");
    return Commands.run(command.toArray(String[]::new));
  }

  /**
   * The answer to who asks the API without the client, with the context as an archive.
   *
   * @param query of {@code POST /build}
   */
  String post(String dockerfile, String query) throws Exception {
    file("Dockerfile", dockerfile);
    Path tar = context.resolveSibling(context.getFileName() + ".tar");
    Commands.check("tar", "-C", context.toString(), "-cf", tar.toString(), ".");
    String answer =
        Commands.check(
            "curl",
            "-s",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "-H",
            "Content-Type: application/x-tar",
            "--data-binary",
            "@" + tar,
            "http://docker/v1.44/build?" + query);
    Files.delete(tar);
    return answer;
  }

  String build(String dockerfile, String... options) throws Exception {
    Output output = attempt(dockerfile, options);
    assertEquals(0, output.exit(), output.text());
    return output.text();
  }

  void fails(String dockerfile, String message, String... options) throws Exception {
    Output output = attempt(dockerfile, options);
    assertNotEquals(0, output.exit(), output.text());
    assertTrue(output.text().contains(message), output.text());
  }

  static String run(String image, String script) throws Exception {
    return fixture.docker("run", "--rm", image, "sh", "-c", script);
  }

  static String config(String image, String field) throws Exception {
    return fixture.docker("inspect", "-f", "{{json .Config." + field + "}}", image);
  }

  static long cached(String output) {
    return output.lines().filter(line -> line.contains("Using cache")).count();
  }

  static String lastOperation() throws Exception {
    return fixture.receipts().since(java.time.Instant.EPOCH).getLast().operation();
  }
}
