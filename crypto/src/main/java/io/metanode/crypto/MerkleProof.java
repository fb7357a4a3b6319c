package io.metanode.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inclusion and consistency proofs: made as RFC 6962 sections 2.1.1 and 2.1.2 define them, checked
 * as RFC 9162 sections 2.1.3.2 and 2.1.4.2 describe.
 */
public final class MerkleProof {

  private MerkleProof() {}

  /**
   * The audit path of a leaf, from its sibling to the root's child.
   *
   * @throws IllegalArgumentException unless {@code 0 <= index < size}
   */
  public static <E extends Exception> List<byte[]> inclusion(
      long index, long size, MerkleNodes<E> nodes) throws E {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<byte[]> path = new ArrayList<>();
    path(index, 0, size, nodes, path);
    return path;
  }

  private static <E extends Exception> void path(
      long index, long from, long to, MerkleNodes<E> nodes, List<byte[]> path) throws E {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      path(index, from, middle, nodes, path);
      path.add(root(middle, to, nodes));
    } else {
      path(index, middle, to, nodes, path);
      path.add(root(from, middle, nodes));
    }
  }

  /**
   * The proof that the tree of {@code newSize} leaves begins with that of {@code oldSize}.
   *
   * @throws IllegalArgumentException unless {@code 0 < oldSize <= newSize}
   */
  public static <E extends Exception> List<byte[]> consistency(
      long oldSize, long newSize, MerkleNodes<E> nodes) throws E {
    if (oldSize <= 0 || oldSize > newSize) {
      throw new IllegalArgumentException("no proof from size " + oldSize + " to " + newSize);
    }
    List<byte[]> proof = new ArrayList<>();
    subproof(oldSize, 0, newSize, true, nodes, proof);
    return proof;
  }

  private static <E extends Exception> void subproof(
      long oldSize, long from, long to, boolean whole, MerkleNodes<E> nodes, List<byte[]> proof)
      throws E {
    if (oldSize == to) {
      if (!whole) {
        proof.add(root(from, to, nodes));
      }
      return;
    }
    long middle = from + split(to - from);
    if (oldSize <= middle) {
      subproof(oldSize, from, middle, whole, nodes, proof);
      proof.add(root(middle, to, nodes));
    } else {
      subproof(oldSize, middle, to, false, nodes, proof);
      proof.add(root(from, middle, nodes));
    }
  }

  private static <E extends Exception> byte[] root(long from, long to, MerkleNodes<E> nodes)
      throws E {
    long width = to - from;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return nodes.hash(level, from >> level);
    }
    long middle = from + split(width);
    return MerkleHash.node(root(from, middle, nodes), root(middle, to, nodes));
  }

  /** The largest power of two smaller than {@code width}. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }

  /** Whether {@code path} leads from the leaf to the root. */
  public static boolean includes(
      long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleHash.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleHash.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /** Whether {@code proof} shows that the new tree begins with the old one. */
  public static boolean consistent(
      long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof) {
    if (oldSize <= 0 || oldSize > newSize) {
      return false;
    }
    if (oldSize == newSize) {
      return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
    }
    boolean oldIsSubtree = Long.bitCount(oldSize) == 1;
    if (!oldIsSubtree && proof.isEmpty()) {
      return false;
    }
    long node = oldSize - 1;
    long last = newSize - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    byte[] oldHash = oldIsSubtree ? oldRoot : proof.getFirst();
    byte[] newHash = oldHash;
    for (byte[] sibling : oldIsSubtree ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = MerkleHash.node(sibling, oldHash);
        newHash = MerkleHash.node(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = MerkleHash.node(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
  }
}
