package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one subtree, sorted by key.
 *
 * @param index from 0, left to right
 */
public record StateChunk(int index, List<StateChange> entries) {

  private static final int MAGIC = 0x4d4e5501;

  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH = 1 << 28;

  /**
   * @throws IllegalArgumentException if the entries are not sorted, or a key is there twice
   */
  public StateChunk {
    entries = List.copyOf(entries);
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i - 1).key().compareTo(entries.get(i).key()) >= 0) {
        throw new IllegalArgumentException("not in order: " + entries.get(i).key());
      }
    }
  }

  /** The subtree, if every key belongs in it. */
  StateNode build(int bits) {
    for (StateChange entry : entries) {
      int place = bits == 0 ? 0 : (int) (entry.key().path().a() >>> (Long.SIZE - bits));
      if (place != index) {
        throw new IllegalArgumentException("key " + entry.key() + " is not of chunk " + index);
      }
    }
    return new TreeUpdate(entries).buildAt(bits);
  }

  public Bytes encode() {
    Encoder out = new Encoder(16 + entries.size() * 80);
    out.u32(MAGIC).u32(index).u32(entries.size());
    for (StateChange entry : entries) {
      out.bytes32(entry.key().path()).prefixed(entry.value().orElseThrow());
    }
    return out.toBytes();
  }

  public static StateChunk decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    int index = in.u31();
    int count = in.count(Integer.MAX_VALUE, Bytes32.LENGTH + Integer.BYTES);
    List<StateChange> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StateKey key = new StateKey(in.bytes32());
      if (i > 0 && entries.getLast().key().compareTo(key) >= 0) {
        throw in.fault(DecodingFault.OUT_OF_ORDER, "key " + key);
      }
      entries.add(StateChange.put(key, in.prefixed(MAX_LENGTH)));
    }
    in.end();
    return new StateChunk(index, entries);
  }
}
