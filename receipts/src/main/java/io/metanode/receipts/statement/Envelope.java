package io.metanode.receipts.statement;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.receipts.json.Json;
import io.metanode.receipts.json.JsonBytes;
import io.metanode.receipts.json.JsonException;
import io.metanode.receipts.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A statement and its signature: a DSSE envelope (secure-systems-lab/dsse, protocol 1.0.2) with one
 * signature over the pre-authentication encoding of the payload.
 *
 * @param payload the statement
 * @param keyId the id of the key, 64 hexadecimal digits
 * @param signature 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Envelope(byte[] payload, String keyId, byte[] signature) {

  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final String PAE_PREFIX =
      "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " ";

  /** The bytes that are signed. */
  public static byte[] preAuthentication(byte[] payload) {
    byte[] head = (PAE_PREFIX + payload.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] pae = new byte[head.length + payload.length];
    System.arraycopy(head, 0, pae, 0, head.length);
    System.arraycopy(payload, 0, pae, head.length, payload.length);
    return pae;
  }

  /** Signs a statement and writes the envelope. */
  public static byte[] seal(byte[] payload, Signer signer, String keyId) throws SigningException {
    byte[] signature = signer.sign(preAuthentication(payload));
    return new JsonBytes(payload.length * 4 / 3 + 320)
        .raw("{\"payload\":\"")
        .raw(Base64.getEncoder().encode(payload))
        .raw("\",\"payloadType\":\"" + PAYLOAD_TYPE + "\",\"signatures\":[{\"keyid\":\"")
        .raw(keyId)
        .raw("\",\"sig\":\"")
        .raw(Base64.getEncoder().encode(signature))
        .raw("\"}]}")
        .toByteArray();
  }

  /** Reads an envelope; the signature is not checked here. */
  public static Envelope read(byte[] entry) throws ReceiptFormatException {
    return read(entry, Limits.ENTRY);
  }

  /** As {@link #read(byte[])}, of at most {@code limit} bytes. */
  public static Envelope read(byte[] entry, int limit) throws ReceiptFormatException {
    try {
      Members members = Members.of(JsonReader.canonical(entry, limit), "envelope");
      members.only("payload", "payloadType", "signatures");
      if (!members.text("payloadType").equals(PAYLOAD_TYPE)) {
        throw new ReceiptFormatException(
            ReceiptFormatException.Fault.WRONG_TYPE, "payloadType is not " + PAYLOAD_TYPE);
      }
      Json.Arr signatures = members.array("signatures");
      if (signatures.elements().size() != 1) {
        throw new ReceiptFormatException(
            ReceiptFormatException.Fault.WRONG_VALUE, "not exactly one signature");
      }
      Members signature = Members.of(signatures.elements().getFirst(), "signature");
      signature.only("keyid", "sig");
      return new Envelope(
          base64(members.text("payload")), signature.text("keyid"), base64(signature.text("sig")));
    } catch (JsonException e) {
      throw new ReceiptFormatException(e);
    }
  }

  private static byte[] base64(String text) throws ReceiptFormatException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new ReceiptFormatException(
          ReceiptFormatException.Fault.WRONG_VALUE, "not base64: " + e.getMessage());
    }
    throw new ReceiptFormatException(
        ReceiptFormatException.Fault.WRONG_VALUE, "base64 that is not canonical");
  }

  /** Whether the key signed the statement. */
  public boolean signedBy(Ed25519PublicKey key) {
    return key.id().hex().equals(keyId) && key.verifies(preAuthentication(payload), signature);
  }
}
