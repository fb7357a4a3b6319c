package io.metanode.economy.billing;

import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Random usage of one tenant. */
final class UsageGen {

  static final String TENANT = "acme";
  static final long HOUR = 490_000;
  static final long START = HOUR * Settlement.HOUR_MILLIS;

  private UsageGen() {}

  static Usage usage(Gen gen) {
    return new Usage(part(gen), part(gen), part(gen), part(gen), part(gen));
  }

  private static long part(Gen gen) {
    return gen.oneIn(4) ? 0 : gen.nextLong() >>> gen.intBetween(16, 63);
  }

  static UsageRecord record(Gen gen, long hours) {
    return new UsageRecord(
        new Bytes32(gen.nextLong(), gen.nextLong(), gen.nextLong(), gen.nextLong()),
        new MeterKey(TENANT, gen.pick("shop", "mail"), gen.pick("web", "db", "cache")),
        START + gen.between(0, hours * Settlement.HOUR_MILLIS - 1),
        usage(gen));
  }

  /** The record in parts, of other receipts, that sum to it. */
  static List<UsageRecord> split(UsageRecord whole, Gen gen) {
    Usage left = whole.usage();
    List<UsageRecord> parts = new ArrayList<>();
    for (int i = gen.intBetween(0, 4); i > 0; i--) {
      Usage part =
          new Usage(
              gen.between(0, left.cpuMs()),
              gen.between(0, left.memoryMbS()),
              gen.between(0, left.storageGbDay()),
              gen.between(0, left.egressMb()),
              gen.between(0, left.receiptsCount()));
      left =
          new Usage(
              left.cpuMs() - part.cpuMs(),
              left.memoryMbS() - part.memoryMbS(),
              left.storageGbDay() - part.storageGbDay(),
              left.egressMb() - part.egressMb(),
              left.receiptsCount() - part.receiptsCount());
      parts.add(with(whole, part, gen));
    }
    parts.add(with(whole, left, gen));
    return parts;
  }

  private static UsageRecord with(UsageRecord whole, Usage usage, Gen gen) {
    Bytes32 receipt = new Bytes32(gen.nextLong(), gen.nextLong(), gen.nextLong(), gen.nextLong());
    return new UsageRecord(receipt, whole.key(), whole.time(), usage);
  }

  static <T> List<T> shuffled(List<T> list, Gen gen) {
    List<T> left = new ArrayList<>(list);
    List<T> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      shuffled.add(left.remove(gen.intBetween(0, left.size() - 1)));
    }
    return shuffled;
  }

  static Meter meter(PriceBook book, List<UsageRecord> records) {
    Meter meter = new Meter(TENANT, book);
    for (UsageRecord record : records) {
      if (meter.add(record) != Meter.Result.COUNTED) {
        throw new AssertionError("not counted: " + record);
      }
    }
    return meter;
  }

  static List<Long> hours(long count) {
    return LongStream.range(HOUR, HOUR + count).boxed().toList();
  }
}
