package io.metanode.economy.billing;

import io.metanode.crypto.MerkleHash;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What one container used at one version of the prices.
 *
 * @param version of the prices
 * @param records how many receipts it sums up
 * @param recordsRoot the RFC 6962 root over them, by time and then by receipt
 */
public record BillLine(
    MeterKey key, int version, Usage usage, int records, Bytes32 recordsRoot, Charge charge) {

  /** The bytes the settlement commits to. */
  Bytes encode() {
    Encoder out = new Encoder(512).prefixed(key.bytes()).u32(version);
    usage.encode(out).u32(records).bytes32(recordsRoot);
    return out.prefixed(unsigned(charge.millionths())).toBytes();
  }

  /** Big-endian, without leading zeros; zero is no bytes. */
  static byte[] unsigned(BigInteger value) {
    byte[] signed = value.toByteArray();
    return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
  }

  /** The leaf hash in the settlement's tree. */
  public Bytes32 leaf() {
    return Bytes32.of(MerkleHash.leaf(encode().toArray()));
  }
}
