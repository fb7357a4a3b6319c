package io.metanode.receipts;

import io.metanode.crypto.Ed25519PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * Receipts of a log one after the other, all under one key, and what they metered together.
 *
 * @param origin the log's
 * @param from the first one's index
 * @param to the index after the last one's
 * @param root the RFC 6962 root over the log's first {@code to} receipts
 * @param consistency the RFC 6962 proof between {@code to} and the size that was asked for, from
 *     the smaller to the larger; empty from size 0
 * @param usage the sums over these receipts
 * @param key the key that signed them
 * @param nextKey the key of the receipts after them
 * @param checkpoint the log's signed checkpoint of size {@code to}, if it published one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogSpan(
    String origin,
    long from,
    long to,
    byte[] root,
    List<byte[]> consistency,
    Usage usage,
    Ed25519PublicKey key,
    Ed25519PublicKey nextKey,
    Optional<String> checkpoint) {

  public LogSpan {
    consistency = List.copyOf(consistency);
  }
}
