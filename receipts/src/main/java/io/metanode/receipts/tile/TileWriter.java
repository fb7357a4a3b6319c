package io.metanode.receipts.tile;

import io.metanode.crypto.CompactRange;
import io.metanode.crypto.MerkleLevels;
import io.metanode.receipts.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes the tiles and entry bundles of a growing log. What it writes is derived from the journal:
 * it need not be durable until the journal's segments are dropped. Not safe for use by many
 * threads.
 */
public final class TileWriter {

  /** A full tile that is not on disk yet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pending(TilePath tile, byte[] content) {}

  private final Disk disk;
  private final Path directory;
  private final CompactRange range = new CompactRange();
  private final List<byte[]> bundle = new ArrayList<>();
  private final List<List<byte[]>> levels = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<TilePath> written = new ArrayList<>();
  private final List<TilePath> unsynced = new ArrayList<>();

  public TileWriter(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** The number of entries added. */
  public long size() {
    return range.size();
  }

  public byte[] root() {
    return range.root();
  }

  /** The number of entries in full bundles. */
  public long inFullTiles() {
    return range.size() / TilePath.FULL * TilePath.FULL;
  }

  /** Takes over a full tile of level 0 that stands already; called before any {@link #add}. */
  public void restore(byte[] tileHash) {
    push(1, tileHash, false);
    range.addSubtree(8, tileHash);
  }

  /** Adds an entry; it is on disk after the next {@link #flush}. */
  public void add(byte[] entry, byte[] leafHash) {
    bundle.add(entry);
    if (bundle.size() == TilePath.FULL) {
      TilePath path = TilePath.entries(index(0), TilePath.FULL);
      pending.add(new Pending(path, Bundle.ofEntries(bundle)));
      bundle.clear();
    }
    push(0, leafHash, true);
    range.add(leafHash);
  }

  private void push(int level, byte[] hash, boolean writing) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    List<byte[]> hashes = levels.get(level);
    hashes.add(hash);
    if (hashes.size() < TilePath.FULL) {
      return;
    }
    if (writing) {
      TilePath path = TilePath.hashes(level, index(level), TilePath.FULL);
      pending.add(new Pending(path, Bundle.ofHashes(hashes)));
    }
    byte[] parent = MerkleLevels.rootOf(hashes);
    hashes.clear();
    push(level + 1, parent, writing);
  }

  /** The index of the tile at {@code level} that the next entry's hash belongs under. */
  private long index(int level) {
    return range.size() >> (8 * (level + 1));
  }

  /**
   * Writes the full tiles that were completed, and the partial ones that a checkpoint of the
   * present size needs. May be called again if it fails.
   */
  public void flush() throws IOException {
    while (!pending.isEmpty()) {
      Pending next = pending.peek();
      disk.replace(next.tile().in(directory), next.content());
      written.add(next.tile());
      unsynced.add(next.tile());
      pending.remove();
    }
    if (!bundle.isEmpty()) {
      TilePath path = TilePath.entries(index(0), bundle.size());
      disk.replace(path.in(directory), Bundle.ofEntries(bundle));
    }
    for (int level = 0; level < levels.size(); level++) {
      List<byte[]> hashes = levels.get(level);
      if (!hashes.isEmpty()) {
        TilePath path = TilePath.hashes(level, index(level), hashes.size());
        disk.replace(path.in(directory), Bundle.ofHashes(hashes));
      }
    }
  }

  /** Deletes partial tiles whose full tile stands; called once a checkpoint over it stands too. */
  public void deleteOldPartials() throws IOException {
    for (TilePath tile : written) {
      Path partials = directory.resolve(tile.partials());
      for (String name : disk.list(partials)) {
        disk.delete(partials.resolve(name));
      }
      disk.delete(partials);
    }
    written.clear();
  }

  /** Makes all full tiles durable. */
  public void syncFullTiles() throws IOException {
    disk.sync(unsynced.stream().map(tile -> tile.in(directory)).toList(), directory);
    unsynced.clear();
  }
}
