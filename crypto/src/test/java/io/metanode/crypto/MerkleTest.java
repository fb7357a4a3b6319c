package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference tree of the Certificate Transparency project: eight leaves and their roots. */
class MerkleTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final List<byte[]> leafHashes =
      LEAVES.stream().map(HEX::parseHex).map(MerkleHash::leaf).toList();

  private byte[] subtree(int level, long index) {
    CompactRange range = new CompactRange();
    int width = 1 << level;
    leafHashes.subList((int) index * width, (int) (index + 1) * width).forEach(range::add);
    return range.root();
  }

  @Test
  void rootsOfEverySizeAreTheReference() {
    CompactRange range = new CompactRange();
    assertEquals(ROOTS.get(0), HEX.formatHex(range.root()));
    for (int size = 1; size <= LEAVES.size(); size++) {
      range.add(leafHashes.get(size - 1));
      assertEquals(ROOTS.get(size), HEX.formatHex(range.root()));
      CompactRange loaded = CompactRange.of(size, this::subtree);
      assertEquals(ROOTS.get(size), HEX.formatHex(loaded.root()));
    }
  }

  @Test
  void inclusionPathsAreTheReference() {
    assertEquals(
        List.of(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        hex(MerkleProof.inclusion(0, 8, this::subtree)));
    assertEquals(
        List.of(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        hex(MerkleProof.inclusion(5, 8, this::subtree)));
    assertEquals(
        List.of("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        hex(MerkleProof.inclusion(2, 3, this::subtree)));
  }

  @Test
  void consistencyProofsAreTheReference() {
    assertEquals(
        List.of(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        hex(MerkleProof.consistency(1, 8, this::subtree)));
    assertEquals(
        List.of(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        hex(MerkleProof.consistency(6, 8, this::subtree)));
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }

  @Test
  void everyProofHoldsAndNoOtherDoes() {
    for (int size = 1; size <= 8; size++) {
      byte[] root = HEX.parseHex(ROOTS.get(size));
      for (int index = 0; index < size; index++) {
        List<byte[]> path = MerkleProof.inclusion(index, size, this::subtree);
        byte[] leaf = leafHashes.get(index);
        assertTrue(MerkleProof.includes(index, size, leaf, path, root));
        for (List<byte[]> wrong : changed(path)) {
          assertFalse(MerkleProof.includes(index, size, leaf, wrong, root));
        }
        assertFalse(MerkleProof.includes(index, size, leafHashes.get(index ^ 1), path, root));
      }
      for (int old = 1; old <= size; old++) {
        byte[] oldRoot = HEX.parseHex(ROOTS.get(old));
        List<byte[]> proof = MerkleProof.consistency(old, size, this::subtree);
        assertTrue(MerkleProof.consistent(old, oldRoot, size, root, proof));
        for (List<byte[]> wrong : changed(proof)) {
          assertFalse(MerkleProof.consistent(old, oldRoot, size, root, wrong));
        }
      }
    }
  }

  /** The proof with a bit flipped in each hash, one hash less, and one more. */
  private static List<List<byte[]>> changed(List<byte[]> proof) {
    List<List<byte[]>> changed = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> flipped = new ArrayList<>(proof);
      flipped.set(i, Arrays.copyOf(proof.get(i), 32));
      flipped.get(i)[7] ^= 1;
      changed.add(flipped);
    }
    if (!proof.isEmpty()) {
      changed.add(proof.subList(0, proof.size() - 1));
    }
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[32]);
    changed.add(longer);
    return changed;
  }
}
