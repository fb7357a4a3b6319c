package io.metanode.receipts.tile;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An offline proof that an entry is in a log (C2SP tlog-proof).
 *
 * @param extra data the format carries but nothing vouches for; here the entry itself
 * @param index the entry's index
 * @param path the inclusion proof
 * @param checkpoint the signed tree head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TlogProof(
    Optional<byte[]> extra, long index, List<byte[]> path, Checkpoint checkpoint) {

  /** The largest proof read, in bytes. */
  public static final int MAX_LENGTH = 1 << 18;

  private static final String HEADER = "c2sp.org/tlog-proof@v1";

  public TlogProof {
    path = List.copyOf(path);
  }

  /** Reads a proof; empty if it is anything but what {@link #toString} writes. */
  public static Optional<TlogProof> parse(String text) {
    int blank = text.indexOf("\n\n");
    if (blank < 0 || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
    Optional<Checkpoint> checkpoint = Checkpoint.parse(text.substring(blank + 2));
    if (checkpoint.isEmpty() || !lines.removeFirst().equals(HEADER)) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> extra = Optional.empty();
      if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
        extra = Optional.of(Base64.getDecoder().decode(lines.removeFirst().substring(6)));
      }
      if (lines.isEmpty() || !lines.getFirst().startsWith("index ")) {
        return Optional.empty();
      }
      long index = Long.parseLong(lines.removeFirst().substring(6));
      List<byte[]> path = lines.stream().map(Base64.getDecoder()::decode).toList();
      TlogProof proof = new TlogProof(extra, index, path, checkpoint.get());
      return proof.toString().equals(text) ? Optional.of(proof) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(
        bytes -> text.append("extra ").append(base64.encodeToString(bytes)).append('\n'));
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }
}
