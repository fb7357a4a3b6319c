package io.metanode.receipts.verify;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.MerkleLevels;
import io.metanode.receipts.tile.Bundle;
import io.metanode.receipts.tile.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Holds every hash tile against the tree computed from the entries. */
final class TreeTiles {

  private final Path directory;
  private final List<Finding> findings;
  private final LogListing listing;
  private final List<List<byte[]>> levels = new ArrayList<>();
  private long count;
  private long loaded = -1;
  private List<byte[]> leaves = List.of();
  private String leafFile = "";

  TreeTiles(Path directory, List<Finding> findings, LogListing listing) {
    this.directory = directory;
    this.findings = findings;
    this.listing = listing;
  }

  private void load(long tile, int width) throws IOException {
    if (loaded == tile) {
      return;
    }
    loaded = tile;
    leaves = List.of();
    TilePath wanted = TilePath.hashes(0, tile, width);
    Optional<TilePath> path = listing.find(wanted);
    leafFile = path.orElse(wanted).toString();
    if (path.isPresent()) {
      byte[] bytes = Files.readAllBytes(path.get().in(directory));
      leaves = Bundle.hashes(bytes);
      if (bytes.length != path.get().width() * 32) {
        findings.add(new Finding(leafFile, "has " + bytes.length + " bytes"));
      }
      compareNarrower(path.get(), bytes);
    } else {
      findings.add(new Finding(leafFile, "missing"));
    }
  }

  /** The leaf hash as the tile has it; zeros if it has none. */
  byte[] leaf(long index, int width) throws IOException {
    load(index / TilePath.FULL, width);
    int at = (int) (index % TilePath.FULL);
    return at < leaves.size() ? leaves.get(at) : new byte[32];
  }

  /** Compares the tile's leaf hash with the entry's own. */
  void compare(long index, int width, byte[] own, boolean entryIsGood) throws IOException {
    byte[] hash = leaf(index, width);
    if (!leaves.isEmpty() && !Arrays.equals(hash, own)) {
      findings.add(
          new Finding(
              leafFile + " entry " + index,
              entryIsGood
                  ? "the hash is not that of the entry"
                  : "the hash shows that the entry was altered"));
    }
  }

  /**
   * Stands in for a bundle that is missing: the tree goes on with the hashes the tile has. Returns
   * the last.
   */
  byte[] useLeaves(long tile, int width, CompactRange tree) throws IOException {
    byte[] hash = new byte[32];
    for (int i = 0; i < width; i++) {
      hash = leaf(tile * TilePath.FULL + i, width);
      tree.add(hash);
      add(hash);
    }
    return hash;
  }

  /** Adds the next leaf hash; full tiles of the levels above the leaves are compared. */
  void add(byte[] leafHash) throws IOException {
    push(0, leafHash);
    count++;
  }

  private void push(int level, byte[] hash) throws IOException {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    List<byte[]> hashes = levels.get(level);
    hashes.add(hash);
    if (hashes.size() == TilePath.FULL) {
      compareTile(level, hashes);
      byte[] parent = MerkleLevels.rootOf(hashes);
      hashes.clear();
      push(level + 1, parent);
    }
  }

  /** Compares the partial tiles of a tree of {@code size}. */
  void finish(long size) throws IOException {
    for (int level = 1; level < levels.size(); level++) {
      if (!levels.get(level).isEmpty() && count == size) {
        compareTile(level, levels.get(level));
      }
    }
  }

  private void compareTile(int level, List<byte[]> hashes) throws IOException {
    if (level == 0) {
      return;
    }
    TilePath wanted = TilePath.hashes(level, count >> (8 * (level + 1)), hashes.size());
    Optional<TilePath> path = listing.find(wanted);
    if (path.isEmpty()) {
      findings.add(new Finding(wanted.toString(), "missing"));
      return;
    }
    byte[] bytes = Files.readAllBytes(path.get().in(directory));
    compareNarrower(path.get(), bytes);
    byte[] expected = Bundle.ofHashes(hashes);
    int differs = Arrays.mismatch(bytes, expected);
    if (differs >= 0 && (path.get().equals(wanted) || differs < expected.length)) {
      findings.add(new Finding(path.get().toString(), "differs from the tree at byte " + differs));
    }
  }

  private void compareNarrower(TilePath path, byte[] bytes) throws IOException {
    for (TilePath narrower : listing.narrower(path)) {
      byte[] older = Files.readAllBytes(narrower.in(directory));
      int length = narrower.width() * 32;
      if (older.length != length
          || bytes.length < length
          || !Arrays.equals(older, 0, length, bytes, 0, length)) {
        findings.add(new Finding(narrower.toString(), "differs from " + path));
      }
    }
  }
}
