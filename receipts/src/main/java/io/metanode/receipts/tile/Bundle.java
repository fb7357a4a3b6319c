package io.metanode.receipts.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of tiles and entry bundles. */
public final class Bundle {

  private static final int HASH = 32;

  private Bundle() {}

  /** Entries, each after its length in two bytes, big-endian. */
  public static byte[] ofEntries(List<byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      bytes.write(entry.length >>> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /** The entries of a bundle, as many as are whole; what follows them is left out. */
  public static List<byte[]> entries(byte[] bundle) {
    List<byte[]> entries = new ArrayList<>();
    int at = 0;
    while (at + 2 <= bundle.length) {
      int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
      if (at + 2 + length > bundle.length) {
        break;
      }
      entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return entries;
  }

  /** Hashes, one after the other. */
  public static byte[] ofHashes(List<byte[]> hashes) {
    byte[] tile = new byte[hashes.size() * HASH];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i), 0, tile, i * HASH, HASH);
    }
    return tile;
  }

  /** The hashes of a tile, as many as are whole. */
  public static List<byte[]> hashes(byte[] tile) {
    List<byte[]> hashes = new ArrayList<>();
    for (int at = 0; at + HASH <= tile.length; at += HASH) {
      hashes.add(Arrays.copyOfRange(tile, at, at + HASH));
    }
    return hashes;
  }
}
