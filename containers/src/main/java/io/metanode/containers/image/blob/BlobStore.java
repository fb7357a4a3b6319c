package io.metanode.containers.image.blob;

import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Blobs by digest, laid out as the OCI image layout: {@code blobs/sha256/<hex>}. Content is written
 * to a temporary file while it is hashed, synced, and renamed to its digest.
 */
public final class BlobStore {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final long KEEP_FREE_BYTES = 256L << 20;
  private static final long DISK_CHECK_BYTES = 64L << 20;

  private final Path blobs;
  private final Path temporary;
  private final AtomicLong sequence = new AtomicLong();

  private BlobStore(Path blobs, Path temporary) {
    this.blobs = blobs;
    this.temporary = temporary;
  }

  /** Opens the store under a directory, and removes what a crash left half written. */
  public static BlobStore open(Path directory) throws IOException {
    Path blobs = directory.resolve("blobs").resolve("sha256");
    Path temporary = directory.resolve("tmp");
    DurableFiles.removeTree(temporary);
    Files.createDirectories(blobs);
    Files.createDirectories(temporary);
    return new BlobStore(blobs, temporary);
  }

  /** Receives content. Nothing is left if reading fails. */
  public StagedBlob stage(InputStream in) throws IOException {
    Path file = temporary.resolve("blob-" + sequence.incrementAndGet());
    MessageDigest hash = Sha256.start();
    long size = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
        if (size % DISK_CHECK_BYTES + n >= DISK_CHECK_BYTES) {
          requireSpace();
        }
        size += n;
        ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
        while (chunk.hasRemaining()) {
          out.write(chunk);
        }
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new StagedBlob(file, Digest.ofBytes(hash.digest()), size);
  }

  /** Begins to receive content that is read while it comes. */
  public BlobDraft draft() throws IOException {
    requireSpace();
    return new BlobDraft(
        temporary.resolve("blob-" + sequence.incrementAndGet()),
        (before, more) -> {
          if (before % DISK_CHECK_BYTES + more >= DISK_CHECK_BYTES) {
            requireSpace();
          }
        });
  }

  /** Leaves the disk to those who must write, the receipts above all. */
  private void requireSpace() throws IOException {
    long free = Files.getFileStore(temporary).getUsableSpace();
    if (free < KEEP_FREE_BYTES) {
      throw new IOException(
          "no space left on device: " + (free >> 20) + " MiB free where images are kept");
    }
  }

  /** Stores staged content under its digest, durably. The staged file is used up. */
  public Digest adopt(StagedBlob staged) throws IOException {
    Path target = path(staged.digest());
    if (Files.exists(target)) {
      staged.close();
      return staged.digest();
    }
    try (FileChannel channel = FileChannel.open(staged.file(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    DurableFiles.move(staged.file(), target);
    return staged.digest();
  }

  /**
   * Stores staged content under its digest. It is durable once the file system is synced; until
   * then nothing may rely on it that outlives a crash.
   */
  public void place(StagedBlob staged) throws IOException {
    Path target = path(staged.digest());
    if (Files.exists(target)) {
      staged.close();
    } else {
      Files.move(staged.file(), target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Stores a document. */
  public Digest store(byte[] content) throws IOException {
    try (StagedBlob staged = stage(new ByteArrayInputStream(content))) {
      return adopt(staged);
    }
  }

  public boolean has(Digest digest) {
    return Files.exists(path(digest));
  }

  public long size(Digest digest) throws IOException {
    return Files.size(path(digest));
  }

  public InputStream read(Digest digest) throws IOException {
    return new BufferedInputStream(Files.newInputStream(path(digest)), BUFFER_BYTES);
  }

  /** A whole document. */
  public byte[] bytes(Digest digest) throws IOException {
    return Files.readAllBytes(path(digest));
  }

  /** Removes every blob that is not in {@code keep}; returns the bytes freed. */
  public long removeAllExcept(Set<Digest> keep) throws IOException {
    Set<String> names = new HashSet<>();
    keep.forEach(digest -> names.add(digest.hex()));
    long freed = 0;
    try (Stream<Path> files = Files.list(blobs)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!names.contains(file.getFileName().toString())) {
          freed += Files.size(file);
          Files.delete(file);
        }
      }
    }
    return freed;
  }

  private Path path(Digest digest) {
    return blobs.resolve(digest.hex());
  }
}
