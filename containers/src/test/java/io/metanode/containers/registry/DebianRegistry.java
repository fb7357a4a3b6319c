package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Debian's {@code docker-registry}, with data in a directory, stopped when closed. */
public final class DebianRegistry implements AutoCloseable {

  public static final String USER = "ada";
  public static final String PASSWORD = "lovelace";
  private static final int TRIES = 200;
  private static final int TRY_MILLIS = 50;

  private final Process process;
  private final String authority;

  private DebianRegistry(Process process, String authority) {
    this.process = process;
    this.authority = authority;
  }

  /** Anybody may use it. */
  public static DebianRegistry open(Path directory) throws Exception {
    return start(directory, "127.0.0.1", List.of());
  }

  /** Only {@link #USER} may use it. */
  public static DebianRegistry withUser(Path directory) throws Exception {
    Path users = Files.createDirectories(directory).resolve("htpasswd");
    byte[] salt = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
    String hash = OpenBSDBCrypt.generate("2y", PASSWORD.toCharArray(), salt, 5);
    Files.writeString(users, USER + ":" + hash + "\n");
    return start(
        directory, "127.0.0.1", List.of("auth: {htpasswd: {realm: test, path: " + users + "}}"));
  }

  /** It speaks TLS, on an address of this host that is not loopback. */
  public static DebianRegistry withTls(Path directory, String host) throws Exception {
    Files.createDirectories(directory);
    Path certificate = certificate(directory);
    Commands.check(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=registry",
        "-addext",
        "subjectAltName=IP:" + host,
        "-keyout",
        directory.resolve("key.pem").toString(),
        "-out",
        certificate.toString());
    return start(
        directory,
        host,
        List.of(
            "  tls: {certificate: "
                + certificate
                + ", key: "
                + directory.resolve("key.pem")
                + "}"));
  }

  public static Path certificate(Path directory) {
    return directory.resolve("certificate.pem");
  }

  private static DebianRegistry start(Path directory, String host, List<String> more)
      throws Exception {
    assumeTrue(Commands.has("docker-registry"), "no docker-registry on this host");
    Files.createDirectories(directory);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> lines =
        new ArrayList<>(
            List.of(
                "version: 0.1",
                "log: {level: warn}",
                "storage: {filesystem: {rootdirectory: " + directory.resolve("data") + "}}",
                "http:",
                "  addr: " + host + ":" + port));
    lines.addAll(more);
    Path file = Files.write(directory.resolve("registry.yml"), lines);
    Process process =
        new ProcessBuilder("docker-registry", "serve", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    DebianRegistry registry = new DebianRegistry(process, host + ":" + port);
    for (int i = 0; i < TRIES && !answers(host, port); i++) {
      if (process.waitFor(TRY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException(Files.readString(directory.resolve("log")));
      }
    }
    return registry;
  }

  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code host:port}. */
  public String authority() {
    return authority;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
