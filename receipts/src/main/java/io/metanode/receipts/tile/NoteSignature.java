package io.metanode.receipts.tile;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature line of a note (C2SP signed-note).
 *
 * @param name the name of the key
 * @param keyId four bytes
 * @param signature the rest, in the form of the key's type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NoteSignature(String name, byte[] keyId, byte[] signature) {

  static final String PREFIX = "\u2014 ";

  static NoteSignature of(VerifierKey key, byte[] signature) {
    return new NoteSignature(key.name(), key.id(), signature);
  }

  /** Whether this may name a key: not empty, without spaces or plus signs. */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars()
            .noneMatch(c -> c == '+' || c < 0x20 || Character.isSpaceChar(c) || c == 0x85);
  }

  static Optional<NoteSignature> parse(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !line.startsWith(PREFIX) || !isName(parts[1])) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(parts[2]);
      if (bytes.length <= VerifierKey.ID_LENGTH
          || !Base64.getEncoder().encodeToString(bytes).equals(parts[2])) {
        return Optional.empty();
      }
      return Optional.of(
          new NoteSignature(
              parts[1],
              Arrays.copyOf(bytes, VerifierKey.ID_LENGTH),
              Arrays.copyOfRange(bytes, VerifierKey.ID_LENGTH, bytes.length)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isBy(VerifierKey key) {
    return name.equals(key.name()) && Arrays.equals(keyId, key.id());
  }

  /** The line, without its newline. */
  @Override
  public String toString() {
    byte[] bytes = Arrays.copyOf(keyId, VerifierKey.ID_LENGTH + signature.length);
    System.arraycopy(signature, 0, bytes, VerifierKey.ID_LENGTH, signature.length);
    return PREFIX + name + " " + Base64.getEncoder().encodeToString(bytes);
  }
}
