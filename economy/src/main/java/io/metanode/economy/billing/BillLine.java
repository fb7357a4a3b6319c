package io.metanode.economy.billing;

import io.metanode.crypto.MerkleHash;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What one container used in one hour.
 *
 * @param hour its number since 1970
 * @param version of the prices that hold when it begins
 * @param records how many receipts it sums up
 * @param recordsRoot the RFC 6962 root over them, in the order of the log
 */
public record BillLine(
    MeterKey key,
    long hour,
    int version,
    Usage usage,
    int records,
    Bytes32 recordsRoot,
    Charge charge) {

  /** The bytes the settlement commits to. */
  Bytes encode() {
    Encoder out = new Encoder(512).prefixed(key.bytes()).u64(hour).u32(version);
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
