package io.metanode.containers.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file of a listening unix socket. It appears under its name only with its final mode and
 * group, so that nobody connects who may not.
 */
final class SocketFile implements AutoCloseable {

  private final Path path;
  private final Object fileKey;
  private final ServerSocketChannel channel;

  private SocketFile(Path path, Object fileKey, ServerSocketChannel channel) {
    this.path = path;
    this.fileKey = fileKey;
    this.channel = channel;
  }

  /**
   * @param permissions as in {@code rw-rw----}
   * @param group the group that owns the file; empty for the process's
   * @throws IOException if someone listens there already, or the file is no socket
   */
  static SocketFile open(Path path, String permissions, Optional<String> group) throws IOException {
    refuseIfTaken(path);
    Path parent = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(Path.of("/"));
    Path closed = Files.createTempDirectory(parent, ".s");
    Path fresh = closed.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(fresh), 1024);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
      if (group.isPresent()) {
        Files.getFileAttributeView(fresh, PosixFileAttributeView.class)
            .setGroup(
                path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByGroupName(group.get()));
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(path, key(path), channel);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(fresh);
      throw e;
    } finally {
      Files.deleteIfExists(closed);
    }
  }

  private static void refuseIfTaken(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0xf000;
    if (type != 0xc000) {
      throw new IOException(path + " exists and is no socket; remove it or choose another path");
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException(
          "another process listens on " + path + (probe.isOpen() ? "" : "; it closed at once"));
    } catch (ConnectException e) {
      // Nobody listens: what a crash left behind, replaced below.
    }
  }

  private static Object key(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Stops accepting and removes the file, unless another has taken its name. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key(path).equals(fileKey)) {
      Files.deleteIfExists(path);
    }
  }
}
