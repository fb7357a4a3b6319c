package io.metanode.economy.price;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * What notaries state of the gold behind AUR, and sign byte by byte.
 *
 * @param reserve in AUR: grams of gold
 * @param asOf when it was counted, in milliseconds
 * @param expires from when on it counts no more, in milliseconds
 * @param report SHA-256 of the auditor's report
 */
public record ReserveAttestation(Amount reserve, long asOf, long expires, Bytes32 report) {

  private static final int MAGIC = 0x4d4e4101;

  /** The length of the encoding, in bytes. */
  public static final int LENGTH = 4 + 3 * Long.BYTES + Bytes32.LENGTH;

  /** The bytes that are signed. */
  public Bytes encode() {
    Encoder out = new Encoder(LENGTH).u32(MAGIC);
    return out.u64(reserve.units()).u64(asOf).u64(expires).bytes32(report).toBytes();
  }

  public static ReserveAttestation decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    ReserveAttestation attestation =
        new ReserveAttestation(new Amount(in.u63()), in.u63(), in.u63(), in.bytes32());
    in.end();
    return attestation;
  }
}
