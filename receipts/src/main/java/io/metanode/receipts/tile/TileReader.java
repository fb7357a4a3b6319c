package io.metanode.receipts.tile;

import io.metanode.crypto.MerkleLevels;
import io.metanode.crypto.MerkleNodes;
import io.metanode.receipts.disk.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a published tree of one size. Where a partial tile is gone, the full one takes its place.
 * Not safe for use by many threads.
 */
public final class TileReader implements MerkleNodes<IOException> {

  private static final int KEPT = 64;

  private final Disk disk;
  private final Path directory;
  private final long size;
  private final Map<TilePath, List<byte[]>> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, List<byte[]>> eldest) {
          return size() > KEPT;
        }
      };

  /** Reads the tree of the first {@code size} entries. */
  public TileReader(Disk disk, Path directory, long size) {
    this.disk = disk;
    this.directory = directory;
    this.size = size;
  }

  /** How many hashes of the tree stand in tile {@code index} of {@code level}. */
  private int width(int level, long index) {
    return (int) Math.min(TilePath.FULL, (size >> (8 * level)) - index * TilePath.FULL);
  }

  /** The bytes of a tile, or of the full tile that replaced it. */
  public byte[] read(TilePath path) throws IOException {
    for (TilePath candidate : List.of(path, path.full())) {
      Path file = candidate.in(directory);
      try {
        if (disk.exists(file)) {
          return disk.read(file);
        }
      } catch (NoSuchFileException e) {
        // Its full form took its place just now.
      }
    }
    throw new FileNotFoundException(path + ": missing");
  }

  /** The entry at {@code index}. */
  public byte[] entry(long index) throws IOException {
    long tile = index / TilePath.FULL;
    TilePath path = TilePath.entries(tile, width(0, tile));
    List<byte[]> entries = kept.get(path);
    if (entries == null) {
      entries = Bundle.entries(read(path));
      kept.put(path, entries);
    }
    return element(entries, (int) (index % TilePath.FULL), path);
  }

  @Override
  public byte[] hash(int level, long index) throws IOException {
    int tileLevel = level / 8;
    int within = level % 8;
    long first = index << within;
    long tile = first / TilePath.FULL;
    TilePath path = TilePath.hashes(tileLevel, tile, width(tileLevel, tile));
    List<byte[]> hashes = kept.get(path);
    if (hashes == null) {
      hashes = Bundle.hashes(read(path));
      kept.put(path, hashes);
    }
    int from = (int) (first % TilePath.FULL);
    element(hashes, from + (1 << within) - 1, path);
    return MerkleLevels.rootOf(hashes.subList(from, from + (1 << within)));
  }

  private static byte[] element(List<byte[]> elements, int at, TilePath path) throws IOException {
    if (at >= elements.size()) {
      throw new IOException(path + ": holds " + elements.size() + " elements only");
    }
    return elements.get(at);
  }
}
