package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.ContextReader;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.Compression;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZIOException;

/** Files that a build makes for itself, in its own directory. */
final class Scratch {

  private final Path directory;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private int sequence;

  Scratch(Path directory, Syscalls syscalls, UnpackLimits limits) {
    this.directory = directory;
    this.syscalls = syscalls;
    this.limits = limits;
  }

  /** A path that nothing lies at. */
  Path next() {
    return directory.resolve("made-" + ++sequence);
  }

  /** A file of this content, as something to copy. */
  Sources file(String name, byte[] content, int mode) throws IOException {
    Path file = next();
    Files.write(file, content);
    return of(file, name, mode, 0);
  }

  /** A file that lies here, as something to copy. */
  Sources of(Path file, String name, int mode, long modifiedSeconds) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      SourceFile source =
          new SourceFile(
              name,
              file,
              Constants.S_IFREG | mode,
              0,
              0,
              modifiedSeconds,
              Files.size(file),
              Optional.of(Sha256.of(in)));
      return new Sources(new One(source), source, name, false);
    }
  }

  /** The file as a tree. */
  private record One(SourceFile source) implements SourceTree {

    @Override
    public Optional<SourceFile> find(String path) {
      return path.equals(source.path()) ? Optional.of(source) : Optional.empty();
    }

    @Override
    public List<String> children(String path) {
      return List.of();
    }

    @Override
    public boolean isOwn() {
      return true;
    }
  }

  /** Whether a file is a tar archive, compressed or not. */
  static boolean isArchive(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream inflated = Compression.inflate(in)) {
      byte[] header = inflated.readNBytes(512);
      return header.length == 512
          && (new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar")
              || (header[0] != 0 && isOldHeader(header)));
    } catch (MemoryLimitException e) {
      throw Compression.tooLarge(e);
    } catch (ArchiveException | EOFException | XZIOException e) {
      return false; // damaged, so not an archive: copied as it is
    }
  }

  private static boolean isOldHeader(byte[] header) {
    try {
      return TarUtils.verifyCheckSum(header) && !new TarArchiveEntry(header).getName().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Takes an archive apart. */
  BuildContext unpacked(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return ContextReader.read(in, next(), syscalls, limits);
    }
  }
}
