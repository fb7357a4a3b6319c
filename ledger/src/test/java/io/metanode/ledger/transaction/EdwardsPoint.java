package io.metanode.ledger.transaction;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * Affine points of edwards25519 as RFC 8032 section 5.1 writes them down: slow, and plain to see.
 */
record EdwardsPoint(BigInteger x, BigInteger y) {

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);
  private static final BigInteger ROOT =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

  static final EdwardsPoint BASE =
      withY(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P), false);

  private static EdwardsPoint withY(BigInteger y, boolean odd) {
    BigInteger yy = y.multiply(y);
    BigInteger xx =
        yy.subtract(BigInteger.ONE)
            .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(xx)) {
      x = x.multiply(ROOT).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(xx)) {
      throw new IllegalArgumentException("no point has this y");
    }
    return new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x).mod(P), y);
  }

  private static BigInteger number(byte[] littleEndian) {
    byte[] big = new byte[littleEndian.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = littleEndian[big.length - 1 - i];
    }
    return new BigInteger(1, big);
  }

  static EdwardsPoint decode(byte[] encoded) {
    BigInteger all = number(encoded);
    return withY(all.clearBit(255), all.testBit(255));
  }

  byte[] encode() {
    BigInteger all = x.testBit(0) ? y.setBit(255) : y;
    byte[] encoded = new byte[32];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = all.shiftRight(8 * i).byteValue();
    }
    return encoded;
  }

  EdwardsPoint plus(EdwardsPoint other) {
    BigInteger cross = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
    BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
    BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
    return new EdwardsPoint(
        sumX.multiply(BigInteger.ONE.add(cross).modInverse(P)).mod(P),
        sumY.multiply(BigInteger.ONE.subtract(cross).modInverse(P)).mod(P));
  }

  EdwardsPoint times(BigInteger scalar) {
    EdwardsPoint sum = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = sum.plus(sum);
      sum = scalar.testBit(bit) ? sum.plus(this) : sum;
    }
    return sum;
  }

  /** SHA-512 of commitment, key and message, as a number. */
  static BigInteger hash(byte[] r, byte[] key, byte[] message) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    digest.update(r);
    digest.update(key);
    return number(digest.digest(message));
  }
}
