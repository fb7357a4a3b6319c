package io.metanode.receipts.tile;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key with the name it signs notes under (C2SP signed-note, verifier keys).
 *
 * @param name the key's name: the log's origin
 * @param type {@link #ED25519} or {@link #ML_DSA_44}
 * @param key the public key's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record VerifierKey(String name, byte type, byte[] key) {

  /** Ed25519 over the note's text (C2SP signed-note). */
  public static final byte ED25519 = 0x01;

  /** ML-DSA-44 cosignature (C2SP tlog-cosignature). */
  public static final byte ML_DSA_44 = 0x06;

  static final int ID_LENGTH = 4;

  public static VerifierKey of(String name, Ed25519PublicKey key) {
    return new VerifierKey(name, ED25519, key.bytes());
  }

  public static VerifierKey of(String name, MlDsa44 key) {
    return new VerifierKey(name, ML_DSA_44, key.publicKey());
  }

  /** The first four bytes of SHA-256 over name, newline, type and key. */
  public byte[] id() {
    byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(Sha256.of(named, new byte[] {type}, key), ID_LENGTH);
  }

  /** The key as Ed25519; empty if it is another type or no point. */
  public Optional<Ed25519PublicKey> ed25519() {
    return type == ED25519 ? Ed25519PublicKey.ofBytes(key) : Optional.empty();
  }

  /** Reads {@code <name>+<id, 8 hexadecimal digits>+<base64 of type and key>}. */
  public static Optional<VerifierKey> parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || !NoteSignature.isName(parts[0])) {
      return Optional.empty();
    }
    try {
      byte[] typed = Base64.getDecoder().decode(parts[2]);
      if (typed.length < 2) {
        return Optional.empty();
      }
      VerifierKey key =
          new VerifierKey(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
      return key.hasKnownType() && key.toString().equals(text)
          ? Optional.of(key)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean hasKnownType() {
    return (type == ED25519 && key.length == Ed25519PublicKey.LENGTH)
        || (type == ML_DSA_44 && key.length == MlDsa44.PUBLIC_KEY_LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** The form {@link #parse} reads. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + key.length];
    typed[0] = type;
    System.arraycopy(key, 0, typed, 1, key.length);
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }
}
