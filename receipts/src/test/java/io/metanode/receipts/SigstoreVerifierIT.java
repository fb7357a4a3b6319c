package io.metanode.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.sigstore.bundle.Bundle.DsseEnvelope;
import dev.sigstore.bundle.ImmutableDsseEnvelope;
import dev.sigstore.bundle.ImmutableSignature;
import dev.sigstore.dsse.InTotoPayload;
import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import io.intoto.EnvelopeOuterClass.Envelope;
import io.metanode.crypto.MerkleHash;
import io.metanode.receipts.tile.TlogProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sigstore's library reads our entries as DSSE envelopes of in-toto statements, and accepts their
 * signatures and inclusion proofs; altered ones it refuses.
 */
final class SigstoreVerifierIT {

  private static final int BEFORE_ROTATION = 300;

  /** What precedes an Ed25519 key's 32 bytes in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  @TempDir Path home;

  private Path log = Path.of("");
  private List<PublicKey> keys = List.of();

  @BeforeEach
  void write() throws Exception {
    TestLog test = new TestLog(home);
    log = test.directory();
    try (ReceiptLog open = test.open()) {
      TestLog.append(open, BEFORE_ROTATION);
      open.rotate(Actor.system("test"));
      TestLog.append(open, 30);
    }
    keys = new ArrayList<>();
    for (String line : Files.readAllLines(log.resolve("keys"))) {
      if (!line.startsWith("cosigner")) {
        keys.add(key(line));
      }
    }
    assertEquals(2, keys.size());
  }

  /** The key of a line {@code <index> <name>+<hash>+<base64 of type and key>}. */
  private static PublicKey key(String line) throws GeneralSecurityException {
    byte[] typed = Base64.getDecoder().decode(line.split("\\+", 3)[2]);
    byte[] encoded = java.util.Arrays.copyOf(SPKI, SPKI.length + 32);
    System.arraycopy(typed, 1, encoded, SPKI.length, 32);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static DsseEnvelope envelope(byte[] entry) throws IOException {
    Envelope.Builder read = Envelope.newBuilder();
    JsonFormat.parser().merge(new String(entry, UTF_8), read);
    var envelope =
        ImmutableDsseEnvelope.builder()
            .payload(read.getPayload().toByteArray())
            .payloadType(read.getPayloadType());
    read.getSignaturesList()
        .forEach(
            each ->
                envelope.addSignatures(
                    ImmutableSignature.builder().sig(each.getSig().toByteArray()).build()));
    return envelope.build();
  }

  private static boolean verifies(DsseEnvelope envelope, PublicKey key) throws Exception {
    return Verifiers.newVerifier(key).verify(envelope.getPAE(), envelope.getSignature());
  }

  @Test
  void acceptsEveryEntryAsItIs() throws Exception {
    LogReader reader = LogReader.open(log);
    for (long index = 0; index < reader.size(); index++) {
      DsseEnvelope envelope = envelope(reader.entry(index));
      PublicKey key = keys.get(index <= BEFORE_ROTATION ? 0 : 1);
      assertTrue(verifies(envelope, key), "entry " + index);
      InTotoPayload statement = InTotoPayload.from(envelope);
      assertEquals("https://in-toto.io/Statement/v1", statement.getType());
      assertEquals("https://metanode.io/StepReceipt/v1", statement.getPredicateType());
      assertEquals(index, statement.getPredicate().getAsJsonObject().get("sequence").getAsLong());
    }
  }

  @Test
  void refusesAnAlteredEntryAndAnotherKey() throws Exception {
    DsseEnvelope envelope = envelope(LogReader.open(log).entry(5));
    assertFalse(verifies(envelope, keys.get(1)));
    byte[] payload = envelope.getPayload().clone();
    payload[payload.length / 2] ^= 1;
    var altered = ImmutableDsseEnvelope.copyOf(envelope);
    assertFalse(verifies(altered.withPayload(payload), keys.get(0)));
    assertFalse(verifies(altered.withPayloadType("application/json"), keys.get(0)));
    assertTrue(verifies(altered, keys.get(0)));
  }

  @Test
  void acceptsInclusionProofsOfTheirOwnLeavesAlone() throws Exception {
    LogReader reader = LogReader.open(log);
    for (long index : new long[] {0, 255, 256, 300, 330}) {
      TlogProof proof = TlogProof.parse(reader.proof(index)).orElseThrow();
      long size = proof.checkpoint().size();
      byte[] root = proof.checkpoint().root();
      byte[] leaf = MerkleHash.leaf(reader.entry(index));
      InclusionProofVerifier.verify(leaf, index, size, proof.path(), root);
      leaf[0] ^= 1;
      assertThrows(
          InclusionProofVerificationException.class,
          () -> InclusionProofVerifier.verify(leaf, index, size, proof.path(), root));
    }
  }
}
