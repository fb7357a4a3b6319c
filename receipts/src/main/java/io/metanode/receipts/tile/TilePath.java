package io.metanode.receipts.tile;

import java.nio.file.Path;

/**
 * Where tiles and entry bundles stand under a log's directory (C2SP tlog-tiles).
 *
 * @param kind a level from {@code 0} to {@code 63}, or {@code entries}
 * @param index the index of the tile in its level
 * @param width the number of hashes or entries, 1 to 256
 */
public record TilePath(String kind, long index, int width) {

  /** The width of a full tile. */
  public static final int FULL = 256;

  public static TilePath hashes(int level, long index, int width) {
    return new TilePath(Integer.toString(level), index, width);
  }

  public static TilePath entries(long index, int width) {
    return new TilePath("entries", index, width);
  }

  /** The tile with all its 256 places. */
  public TilePath full() {
    return new TilePath(kind, index, FULL);
  }

  /** The directory of this tile's partial forms, relative to the log's. */
  public String partials() {
    return full() + ".p";
  }

  public Path in(Path directory) {
    return directory.resolve(toString());
  }

  /** The path relative to the log's directory, for example {@code tile/0/x001/234.p/56}. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    path.insert(0, "tile/" + kind + "/");
    return width == FULL ? path.toString() : path + ".p/" + width;
  }
}
