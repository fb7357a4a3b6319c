package io.metanode.receipts.tile;

import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A signed tree head (C2SP tlog-checkpoint).
 *
 * @param origin the log's identity
 * @param size the number of entries
 * @param root the root of the Merkle tree over them
 * @param signatures signature lines
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Checkpoint(String origin, long size, byte[] root, List<NoteSignature> signatures) {

  /** The largest checkpoint read, in bytes: room for 16 post-quantum signatures. */
  public static final int MAX_LENGTH = 1 << 17;

  private static final int ROOT_LENGTH = 32;

  public Checkpoint {
    signatures = List.copyOf(signatures);
  }

  /** Whether a key's signature is there and holds. */
  public enum Check {
    VALID,
    INVALID,
    MISSING
  }

  /** Signs a tree head. */
  public static Checkpoint sign(String origin, long size, byte[] root, Signer signer)
      throws SigningException {
    byte[] signature = signer.sign(text(origin, size, root).getBytes(StandardCharsets.UTF_8));
    VerifierKey key = VerifierKey.of(origin, signer.publicKey());
    return new Checkpoint(origin, size, root, List.of(NoteSignature.of(key, signature)));
  }

  /** This checkpoint with an ML-DSA-44 cosignature by the log itself. */
  public Checkpoint cosign(MlDsa44 key, Instant now) throws SigningException {
    long timestamp = now.getEpochSecond();
    byte[] signature = key.sign(Cosignature.message(origin, timestamp, this));
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(
        NoteSignature.of(VerifierKey.of(origin, key), Cosignature.encode(timestamp, signature)));
    return new Checkpoint(origin, size, root, more);
  }

  /** The three lines that are signed. */
  public String text() {
    return text(origin, size, root);
  }

  private static String text(String origin, long size, byte[] root) {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  /** Looks for the key's signature and checks it. */
  public Check check(VerifierKey key) {
    for (NoteSignature line : signatures) {
      if (line.isBy(key)) {
        boolean valid =
            key.type() == VerifierKey.ML_DSA_44
                ? Cosignature.valid(key, this, line.signature())
                : key.ed25519()
                    .map(
                        ed ->
                            ed.verifies(text().getBytes(StandardCharsets.UTF_8), line.signature()))
                    .orElse(false);
        return valid ? Check.VALID : Check.INVALID;
      }
    }
    return Check.MISSING;
  }

  /** Whether its signature lines name these keys, in this order, and no others. */
  public boolean hasLinesOf(List<VerifierKey> keys) {
    return signatures.size() == keys.size()
        && IntStream.range(0, keys.size()).allMatch(i -> signatures.get(i).isBy(keys.get(i)));
  }

  /** Reads a checkpoint without extension lines; empty if it is anything else. */
  public static Optional<Checkpoint> parse(String note) {
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0
        || note.length() < blank + 3
        || !note.endsWith("\n")
        || note.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] lines = note.substring(0, blank + 1).split("\n", -1);
    if (lines.length != 4 || lines[0].isEmpty()) {
      return Optional.empty();
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
      Optional<NoteSignature> signature = NoteSignature.parse(line);
      if (signature.isEmpty()) {
        return Optional.empty();
      }
      signatures.add(signature.get());
    }
    try {
      Checkpoint checkpoint =
          new Checkpoint(
              lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]), signatures);
      boolean exact = checkpoint.root.length == ROOT_LENGTH && checkpoint.size >= 0;
      return exact && checkpoint.toString().equals(note)
          ? Optional.of(checkpoint)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads the bytes of a checkpoint. */
  public static Optional<Checkpoint> parse(byte[] note) {
    String text = new String(note, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), note)
        ? parse(text)
        : Optional.empty();
  }

  /** The note, as it is published. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text()).append('\n');
    signatures.forEach(signature -> note.append(signature).append('\n'));
    return note.toString();
  }
}
