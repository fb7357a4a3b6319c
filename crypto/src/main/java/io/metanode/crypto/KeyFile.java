package io.metanode.crypto;

import io.metanode.foundation.DurableFiles;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Private keys in PEM files that only their owner can read (mode 0600). */
public final class KeyFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final String BLS_LABEL = "BLS12-381 PRIVATE KEY";

  private KeyFile() {}

  /**
   * Reads an Ed25519 key.
   *
   * @throws IOException if there is no such file, others may read it, or it holds no Ed25519 key
   */
  public static PrivateKeySigner ed25519(Path file) throws IOException {
    return PrivateKeySigner.ofPem(read(file))
        .orElseThrow(() -> new IOException(file + " holds no Ed25519 private key (PKCS#8 PEM)"));
  }

  /** Makes an Ed25519 key and writes it; the file is durable when this returns. */
  public static PrivateKeySigner newEd25519(Path file, Randomness randomness) throws IOException {
    PrivateKeySigner signer = PrivateKeySigner.generate(randomness);
    write(file, signer.pem());
    return signer;
  }

  /**
   * Reads a BLS12-381 key.
   *
   * @throws IOException if there is no such file, others may read it, or it holds no such key
   */
  public static BlsSecretKey bls(Path file) throws IOException {
    return Pem.decode(BLS_LABEL, read(file))
        .flatMap(BlsSecretKey::ofBytes)
        .orElseThrow(() -> new IOException(file + " holds no " + BLS_LABEL));
  }

  /** Makes a BLS12-381 key and writes it; the file is durable when this returns. */
  public static BlsSecretKey newBls(Path file, Randomness randomness) throws IOException {
    BlsSecretKey key = BlsSecretKey.generate(randomness);
    write(file, Pem.encode(BLS_LABEL, key.bytes()));
    return key;
  }

  /**
   * Reads an ML-DSA-44 key, making it first where there is none.
   *
   * @throws IOException if others may read the file, or it holds no ML-DSA-44 key
   */
  public static MlDsa44 mlDsa44(Path file) throws IOException {
    if (Files.notExists(file)) {
      MlDsa44 key = MlDsa44.generate();
      write(file, key.pem());
      return key;
    }
    return MlDsa44.ofPem(read(file))
        .orElseThrow(() -> new IOException(file + " holds no ML-DSA-44 private key (PKCS#8 PEM)"));
  }

  private static String read(Path file) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(mode)) {
      throw new IOException(
          "%s may be read by others (%s); as it may have been copied, make a new key, or if you know it was not: chmod 600 %s"
              .formatted(file, PosixFilePermissions.toString(mode), file));
    }
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static void write(Path file, String pem) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      channel.write(ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncEntry(file);
  }
}
