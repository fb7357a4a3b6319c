package io.metanode.economy.billing;

import io.metanode.crypto.Sha256;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a tenant owes for an hour. What is left beside whole minor units is carried into the next
 * settlement, so that nothing is lost and nothing is asked twice: the amounts of any number of
 * settlements, and what the last one carries, sum to the charge of all usage, exactly.
 *
 * @param hour the hour's number since 1970
 * @param previous the digest of the tenant's settlement before; zeros for the first
 * @param lines by key, then hour: its own, and earlier ones whose usage came late
 * @param carriedIn what the settlement before carried
 */
public record Settlement(
    String tenant, long hour, Bytes32 previous, List<BillLine> lines, Charge carriedIn) {

  /** An hour, in milliseconds. */
  public static final long HOUR_MILLIS = 3_600_000;

  private static final int MAGIC = 0x4d4e4801;

  public Settlement {
    MeterKey.requireName(tenant);
    lines = List.copyOf(lines);
  }

  /** The charge of its lines, and what was carried in. */
  public Charge charge() {
    return lines.stream().map(BillLine::charge).reduce(carriedIn, Charge::plus);
  }

  /** What is owed: the whole minor units of the charge. */
  public Amount amount() {
    return charge().whole();
  }

  public Charge carriedOut() {
    return charge().rest();
  }

  /** The RFC 6962 root over the lines. */
  public Bytes32 root() {
    return new MerkleLines(lines.stream().map(BillLine::leaf).toList()).root();
  }

  /** The proof that a line is under the root: hashes from its sibling to the root's child. */
  public List<Bytes32> proof(int line) {
    return new MerkleLines(lines.stream().map(BillLine::leaf).toList()).proof(line);
  }

  /** What stands for it: SHA-256 over all that matters. */
  public Bytes32 digest() {
    Encoder out = new Encoder(256).u32(MAGIC);
    out.prefixed(tenant.getBytes(StandardCharsets.US_ASCII)).u64(hour).bytes32(previous);
    out.u32(lines.size()).bytes32(root());
    out.prefixed(BillLine.unsigned(carriedIn.millionths())).u64(amount().units());
    return Bytes32.of(Sha256.of(out.toArray()));
  }
}
