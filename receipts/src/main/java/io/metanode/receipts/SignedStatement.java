package io.metanode.receipts;

import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;

/** A statement beside the log, such as an image's provenance, in its DSSE envelope. */
public final class SignedStatement {

  private static final int MOST_BYTES = 4 << 20;

  private final Envelope envelope;

  private SignedStatement(Envelope envelope) {
    this.envelope = envelope;
  }

  /**
   * Reads an envelope of at most 4 MiB; the signature is not checked here.
   *
   * @throws IOException if it is not an envelope as {@link StatementSigner} makes it
   */
  public static SignedStatement read(byte[] bytes) throws IOException {
    try {
      return new SignedStatement(Envelope.read(bytes, MOST_BYTES));
    } catch (ReceiptFormatException e) {
      throw new IOException("not a signed statement: " + e.getMessage(), e);
    }
  }

  /** The statement's bytes. */
  public byte[] statement() {
    return envelope.payload().clone();
  }

  /** The id of the key that is said to have signed: 64 hexadecimal digits. */
  public String keyId() {
    return envelope.keyId();
  }

  /**
   * Whether one of the keys in a file signed it.
   *
   * @param keys a PEM PUBLIC KEY (Ed25519) or verifier keys, as a log's {@code log.vkey}
   * @throws IOException if the file cannot be read or holds no key
   */
  public boolean isSignedBy(Path keys) throws IOException {
    return TrustedKeys.read(keys).ed25519().stream().anyMatch(envelope::signedBy);
  }
}
