package io.metanode.economy.machine;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Short lists of Ed25519 keys that governance names, by the ledger's one rule for keys. */
final class Keys {

  private static final int MOST = 64;

  private Keys() {}

  /**
   * @throws IllegalArgumentException if there are too many, one is there twice, or one is no key
   */
  static List<Bytes32> distinct(List<Bytes32> keys) {
    if (keys.size() > MOST || new HashSet<>(keys).size() < keys.size()) {
      throw new IllegalArgumentException(keys.size() + " keys, or one of them twice");
    }
    keys.forEach(Keys::key);
    return List.copyOf(keys);
  }

  /**
   * @throws IllegalArgumentException if the bytes are no key
   */
  static Ed25519PublicKey key(Bytes32 bytes) {
    return Ed25519PublicKey.ofBytes(bytes.bytes())
        .filter(_ -> Ed25519Acceptance.acceptsKey(bytes.bytes()))
        .orElseThrow(() -> new IllegalArgumentException(bytes + " is no Ed25519 key"));
  }

  static void encode(List<Bytes32> keys, Encoder out) {
    out.u16(keys.size());
    keys.forEach(out::bytes32);
  }

  static List<Bytes32> decode(Decoder in) throws DecodingException {
    int count = in.u16();
    if (count > MOST) {
      throw in.fault(DecodingFault.OVERSIZED, count + " keys");
    }
    List<Bytes32> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(in.bytes32());
    }
    return keys;
  }
}
