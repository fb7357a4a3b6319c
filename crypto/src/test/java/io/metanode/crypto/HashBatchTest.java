package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hashes made together are those the JDK makes alone, of messages of all lengths. */
class HashBatchTest {

  /** The bytes of an entry, more than one block of what hashes them. */
  private static final int ENTRY = 70;

  private final Random random = new Random(7);

  private byte[] message(int length) {
    byte[] message = new byte[length];
    random.nextBytes(message);
    return message;
  }

  private static void agree(HashBatch.Algorithm algorithm, List<byte[]> messages, boolean lanes) {
    HashBatch batch = new HashBatch(algorithm, 1, 0, lanes);
    for (byte[] message : messages) {
      int half = message.length / 2;
      batch.put(message, 0, half);
      if (half < message.length) {
        batch.put(message[half]).put(message, half + 1, message.length - half - 1);
      }
      batch.end();
    }
    MessageDigest digest = algorithm.newDigest();
    int length = digest.getDigestLength();
    byte[] hashes = new byte[length * messages.size()];
    batch.hash(hashes);
    for (int i = 0; i < messages.size(); i++) {
      assertArrayEquals(
          digest.digest(messages.get(i)),
          Arrays.copyOfRange(hashes, length * i, length * (i + 1)),
          algorithm
              + " of message "
              + i
              + ", "
              + messages.get(i).length
              + " bytes, lanes "
              + lanes);
    }
  }

  private static void agree(List<byte[]> messages) {
    for (HashBatch.Algorithm algorithm :
        List.of(HashBatch.Algorithm.SHA256, HashBatch.Algorithm.SHA512)) {
      agree(algorithm, messages, true);
      agree(algorithm, messages, false);
    }
  }

  @Test
  void ofEveryLengthAroundBlocks() {
    List<byte[]> messages = new ArrayList<>();
    for (int length = 0; length <= 600; length++) {
      messages.add(message(length));
    }
    agree(messages);
    agree(messages.reversed());
  }

  @Test
  void ofOneAndOfNone() {
    agree(List.of());
    agree(List.of(message(64)));
  }

  /** What is long goes alone: beside others, and by itself. */
  @Test
  void ofLongOnes() {
    agree(List.of(message(3), message(100_000), message(0), message(8_192), message(4_000)));
    agree(List.of(message(1 << 20)));
  }

  @Test
  void ofManyOfRandomLengths() {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      messages.add(message(random.nextInt(400)));
    }
    agree(messages);
  }

  @Test
  void bytesThatAreCutOffHaveNoRoot() {
    assertThrows(IllegalArgumentException.class, () -> MerkleLevels.rootOf(new byte[33]));
    assertThrows(
        IllegalArgumentException.class,
        () -> MerkleLevels.rootOfEntries(new byte[3 * ENTRY - 1], ENTRY));
  }

  /** Level by level is the tree that grows leaf by leaf. */
  @Test
  void rootsAreThoseOfTheGrowingTree() {
    for (int size = 0; size <= 130; size++) {
      CompactRange range = new CompactRange();
      ByteArrayOutputStream entries = new ByteArrayOutputStream();
      List<byte[]> leaves = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        byte[] entry = message(ENTRY);
        entries.write(entry, 0, ENTRY);
        leaves.add(MerkleHash.leaf(entry));
        range.addEntry(entry);
      }
      byte[] root = MerkleLevels.rootOfEntries(entries.toByteArray(), ENTRY);
      assertArrayEquals(range.root(), root, "entries " + size);
      assertArrayEquals(range.root(), MerkleLevels.rootOf(leaves), "leaves " + size);
    }
  }
}
