package io.metanode.cli.bench;

import io.metanode.cli.Program;
import io.metanode.foundation.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image like those programs come in: gzipped layers of many files, a large one and smaller ones,
 * that compress to about half. The same size gives the same content.
 */
final class PullImage {

  private static final int FILE_BYTES = 64 << 10;
  private static final int WORD_BYTES = 16;
  private static final int NEAR_WORDS = 1024;
  private static final int[] SHARES = {2, 4, 8, 8};

  private final Path directory;
  private final List<String> diffIds = new ArrayList<>();
  private final List<Path> layers = new ArrayList<>();

  private PullImage(Path directory) {
    this.directory = directory;
  }

  /** Makes it and pushes it through an engine, which keeps its archives as they are. */
  static void push(Program docker, Path directory, String name, int megabytes) throws IOException {
    PullImage image = new PullImage(Files.createDirectory(directory.resolve("image")));
    for (int share : SHARES) {
      image.layer(megabytes / share);
    }
    docker.output("load", "-q", "-i", image.archive(name).toString());
    docker.output("push", "-q", name);
    docker.output("rmi", name);
  }

  private void layer(int megabytes) throws IOException {
    int number = layers.size();
    Path file = directory.resolve("layer" + number);
    SplittableRandom random = new SplittableRandom(number);
    byte[] content = new byte[FILE_BYTES];
    MessageDigest hash = sha256();
    try (OutputStream out = Files.newOutputStream(file);
        GZIPOutputStream gzip = new GZIPOutputStream(out, FILE_BYTES);
        OutputStream hashed =
            new BufferedOutputStream(new DigestOutputStream(gzip, hash), FILE_BYTES);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(hashed)) {
      for (int i = 0; i < megabytes * 16; i++) {
        fill(content, random);
        put(tar, "layer%d/%d/file%d".formatted(number, i / 100, i), content);
      }
    }
    layers.add(file);
    diffIds.add(Digest.ofBytes(hash.digest()).toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Half of the words are noise; the others stood a little before. */
  private static void fill(byte[] content, SplittableRandom random) {
    byte[] word = new byte[WORD_BYTES];
    for (int at = 0; at < content.length; at += WORD_BYTES) {
      if (at == 0 || random.nextBoolean()) {
        random.nextBytes(word);
        System.arraycopy(word, 0, content, at, WORD_BYTES);
      } else {
        int back = 1 + random.nextInt(Math.min(at / WORD_BYTES, NEAR_WORDS));
        System.arraycopy(content, at - back * WORD_BYTES, content, at, WORD_BYTES);
      }
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(0);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private Path archive(String name) throws IOException {
    Path file = directory.resolve("image.tar");
    List<String> names = layers.stream().map(layer -> quoted(layer.getFileName())).toList();
    List<String> hashes = diffIds.stream().map(PullImage::quoted).toList();
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/none\"]},\"rootfs\":"
            + "{\"type\":\"layers\",\"diff_ids\":%s}}".formatted(hashes);
    String manifest =
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"%s\"],\"Layers\":%s}]".formatted(name, names);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      put(tar, "config.json", config.getBytes(StandardCharsets.UTF_8));
      put(tar, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
      for (Path layer : layers) {
        put(tar, layer.getFileName().toString(), Files.readAllBytes(layer));
      }
    }
    return file;
  }

  private static String quoted(Object text) {
    return "\"" + text + "\"";
  }
}
