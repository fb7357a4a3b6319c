package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.layer.Compression;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.registry.RemoteFile;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A context that lies at an address: an archive as {@link ArchiveSource} reads it, or a text, which
 * is the Dockerfile of a build without files. Which of the two the server's {@code Content-Type}
 * says, else the first bytes.
 */
final class RemoteSource implements BuildSource {

  private static final Pattern ARCHIVE =
      Pattern.compile("application/((x-)?tar|octet-stream|(x-)?(gzip|bzip2?|xz|zstd))");
  private static final String TEXT = "text/plain";
  private static final int PREAMBLE_BYTES = 512;

  private final RemoteFiles files;
  private final String address;
  private final String path;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private Optional<ArchiveSource> archive = Optional.empty();
  private Optional<String> told = Optional.empty();

  /**
   * @param path where the Dockerfile is, if it is an archive
   */
  RemoteSource(
      RemoteFiles files, String address, String path, Syscalls syscalls, UnpackLimits limits) {
    this.files = files;
    this.address = address;
    this.path = path;
    this.syscalls = syscalls;
    this.limits = limits;
  }

  @Override
  public byte[] dockerfile(Path home) throws ApiException, IOException {
    try (RemoteFile file = files.open(address);
        PushbackInputStream body = new PushbackInputStream(file.body(), PREAMBLE_BYTES)) {
      told = Optional.of(file.address());
      byte[] preamble = body.readNBytes(PREAMBLE_BYTES);
      if (preamble.length == 0) {
        throw ApiException.badRequest(
            "error detecting content type for remote " + file.address() + ": empty response");
      }
      body.unread(preamble);
      return isText(file, preamble) ? text(body) : unpacked(home, body);
    }
  }

  private static boolean isText(RemoteFile file, byte[] preamble) throws ApiException {
    String type = file.type().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.isEmpty() || type.equals("application/octet-stream")) {
      for (byte one : preamble) {
        if (one == 0) {
          return false;
        }
      }
      return Compression.of(preamble) == Compression.NONE;
    }
    if (!type.equals(TEXT) && !ARCHIVE.matcher(type).matches()) {
      throw ApiException.badRequest(
          "error detecting content type for remote "
              + file.address()
              + ": unsupported Content-Type \""
              + type
              + "\"");
    }
    return type.equals(TEXT);
  }

  private static byte[] text(InputStream body) throws ApiException, IOException {
    byte[] text = body.readNBytes(MOST_DOCKERFILE_BYTES + 1);
    if (text.length > MOST_DOCKERFILE_BYTES) {
      throw ApiException.badRequest(
          "the Dockerfile is larger than " + MOST_DOCKERFILE_BYTES + " bytes");
    }
    return text;
  }

  private byte[] unpacked(Path home, InputStream body) throws ApiException, IOException {
    ArchiveSource source = new ArchiveSource(body, path, syscalls, limits);
    archive = Optional.of(source);
    return source.dockerfile(home);
  }

  @Override
  public BuildContext context(Path home, Optional<List<String>> named)
      throws ApiException, IOException {
    return archive.isPresent()
        ? archive.get().context(home, named)
        : BuildContext.empty(home.resolve("context"));
  }

  @Override
  public Optional<String> address() {
    return told;
  }

  @Override
  public void close() throws IOException {
    if (archive.isPresent()) {
      archive.get().close();
    }
  }
}
