package io.metanode.economy.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.money.Amount;
import io.metanode.economy.price.Notaries.Verdict;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.testkit.Gen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NotariesTest {

  private static final long NOW = 10_000;
  private static final ReserveAttestation STATED =
      new ReserveAttestation(Amount.tokens(5), 9_000, 20_000, new Bytes32(1, 2, 3, 4));

  private final List<PrivateKeySigner> signers =
      Stream.of(1, 2, 3).map(seed -> PrivateKeySigner.generate(new Gen(seed))).toList();
  private final Notaries notaries =
      new Notaries(signers.stream().map(PrivateKeySigner::publicKey).toList(), 2);

  private Bytes sign(int notary, ReserveAttestation attestation) throws Exception {
    return Bytes.of(signers.get(notary).sign(attestation.encode().toArray()));
  }

  @Test
  void enoughSignaturesAreAccepted() throws Exception {
    Map<Integer, Bytes> signatures = Map.of(0, sign(0, STATED), 2, sign(2, STATED));
    Verdict verdict = notaries.verify(STATED, signatures, 9_000, NOW);
    AttestedReserve reserve = assertInstanceOf(Verdict.Accepted.class, verdict).reserve();
    assertEquals(Amount.tokens(5), reserve.at(19_999));
    assertEquals(Amount.ZERO, reserve.at(20_000));
  }

  @Test
  void tooFewAreNot() throws Exception {
    ReserveAttestation other =
        new ReserveAttestation(Amount.tokens(6), 9_000, 20_000, new Bytes32(1, 2, 3, 4));
    Map<Integer, Bytes> signatures = new HashMap<>();
    assertEquals(new Verdict.TooFewSignatures(0), notaries.verify(STATED, signatures, 0, NOW));
    signatures.put(0, sign(0, STATED));
    signatures.put(1, sign(1, other));
    signatures.put(2, sign(0, STATED));
    signatures.put(3, sign(2, STATED));
    assertEquals(new Verdict.TooFewSignatures(1), notaries.verify(STATED, signatures, 0, NOW));
    signatures.put(2, Bytes.of((byte) 1));
    assertEquals(new Verdict.TooFewSignatures(1), notaries.verify(STATED, signatures, 0, NOW));
  }

  @Test
  void outOfForceOrOlderIsNot() throws Exception {
    Map<Integer, Bytes> signatures = Map.of(0, sign(0, STATED), 1, sign(1, STATED));
    assertEquals(new Verdict.NotInForce(), notaries.verify(STATED, signatures, 0, 8_999));
    assertEquals(new Verdict.NotInForce(), notaries.verify(STATED, signatures, 0, 20_000));
    assertEquals(new Verdict.Superseded(9_001), notaries.verify(STATED, signatures, 9_001, NOW));
  }

  @Test
  void encodingIsFixed() throws DecodingException {
    Bytes encoded = STATED.encode();
    assertEquals(
        "4d4e4101000000012a05f20000000000000023280000000000004e20"
            + "0000000000000001000000000000000200000000000000030000000000000004",
        encoded.toString());
    assertEquals(STATED, ReserveAttestation.decode(encoded));
    assertEquals(ReserveAttestation.LENGTH, encoded.length());
    byte[] longer = java.util.Arrays.copyOf(encoded.toArray(), encoded.length() + 1);
    assertThrows(DecodingException.class, () -> ReserveAttestation.decode(Bytes.of(longer)));
  }

  @Test
  void committeesThatMakeNoSenseAreNotMade() {
    var key = signers.getFirst().publicKey();
    assertThrows(IllegalArgumentException.class, () -> new Notaries(List.of(key), 2));
    assertThrows(IllegalArgumentException.class, () -> new Notaries(List.of(key), 0));
    assertThrows(IllegalArgumentException.class, () -> new Notaries(List.of(key, key), 1));
  }
}
