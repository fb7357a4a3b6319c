package io.metanode.economy.machine;

import io.metanode.crypto.Signer;
import io.metanode.economy.price.ReserveAttestation;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What notaries state of the gold behind AUR, and their signatures.
 *
 * @param signatures by the place of the notary's key in the notary set
 */
public record Attestation(ReserveAttestation stated, SortedMap<Integer, Bytes> signatures) {

  public Bytes encode() {
    Encoder out = new Encoder(512).raw(stated.encode()).u16(signatures.size());
    signatures.forEach((notary, signature) -> out.u16(notary).raw(signature));
    return out.toBytes();
  }

  public static Attestation decode(Bytes payload) throws DecodingException {
    Decoder in = payload.decoder();
    ReserveAttestation stated = ReserveAttestation.decode(in.raw(ReserveAttestation.LENGTH));
    TreeMap<Integer, Bytes> signatures = new TreeMap<>();
    for (int left = in.u16(); left > 0; left--) {
      int notary = in.u16();
      if (!signatures.isEmpty() && signatures.lastKey() >= notary) {
        throw in.fault(DecodingFault.OUT_OF_ORDER, "notary " + notary);
      }
      signatures.put(notary, in.raw(Signer.SIGNATURE_LENGTH));
    }
    in.end();
    return new Attestation(stated, signatures);
  }
}
