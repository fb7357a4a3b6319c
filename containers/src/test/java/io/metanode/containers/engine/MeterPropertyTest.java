package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What receipts carry adds up to what the kernel counted, whatever happens in between. */
final class MeterPropertyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void receiptsAddUpToTheCounters() {
    Property.check("meter", 400, gen -> new Schedule(gen).run());
  }

  /** A random schedule of runs, readings, receipts, receipts that do not last, and crashes. */
  private static final class Schedule {

    private final Gen gen;
    private Meter meter = new Meter(Counts.NONE);
    private Instant now = START;
    private long runCpu;
    private long runEgress;
    private long memory;
    private long totalCpu;
    private long totalEgress;
    private BigInteger memoryByteNanos = BigInteger.ZERO;
    private Usage receipted = Usage.NONE;
    private long receipts;
    private final List<Usage> log = new ArrayList<>();

    private Schedule(Gen gen) {
      this.gen = gen;
    }

    private void run() throws IOException {
      int runs = gen.intBetween(1, 4);
      for (int i = 0; i < runs; i++) {
        runCpu = 0;
        runEgress = 0;
        memory = gen.between(0, 1L << 40);
        meter.runStarted(now, memory);
        int steps = gen.intBetween(0, 30);
        for (int step = 0; step < steps; step++) {
          step();
        }
        read(memory);
        meter.runEnded(now);
        now = now.plusMillis(gen.between(0, 5000));
      }
      receipt();
      assertEquals(totalCpu, receipted.cpuMs());
      assertEquals(totalEgress, receipted.egressMb());
      assertEquals(
          memoryByteNanos.divide(BigInteger.valueOf(1_000_000_000L)).longValueExact(),
          receipted.memoryMbS());
      assertEquals(receipts * 1_000_000, receipted.receiptsCount());
    }

    private void step() throws IOException {
      switch (gen.intBetween(0, 4)) {
        case 0, 1 -> {
          long next = gen.between(0, 1L << 40);
          Duration passed = Duration.ofNanos(gen.between(0, 3_000_000_000L));
          // The meter charges the mean of two readings, rounded down to a byte-nanosecond.
          memoryByteNanos =
              memoryByteNanos.add(
                  BigInteger.valueOf(memory + next)
                      .multiply(BigInteger.valueOf(passed.toNanos()))
                      .shiftRight(1));
          now = now.plus(passed);
          long cpu = gen.between(0, 1L << 32);
          long egress = gen.between(0, 1L << 32);
          runCpu += cpu;
          totalCpu += cpu;
          runEgress += egress;
          totalEgress += egress;
          read(next);
        }
        case 2 -> receipt();
        case 3 -> meter.giveBack(meter.take(log.size()));
        default -> crash();
      }
    }

    private void read(long bytes) {
      memory = bytes;
      meter.cpu(runCpu);
      meter.egress(runEgress);
      meter.memory(now, memory);
    }

    private void receipt() {
      durable(meter.take(log.size()));
    }

    /** The engine is killed, some receipts after those that are durable had been taken for. */
    private void crash() throws IOException {
      int lost = gen.intBetween(0, 3);
      for (int i = 0; i < lost; i++) {
        meter.take(log.size());
      }
      if (gen.oneIn(2)) {
        log.add(Usage.NONE); // of what is no container
      }
      meter = new Meter(meter.counts());
      meter.settle(
          taken -> log.subList((int) taken.position(), log.size()).contains(taken.usage()));
    }

    private void durable(Usage taken) {
      receipts++;
      log.add(taken);
      receipted =
          new Usage(
              receipted.cpuMs() + taken.cpuMs(),
              receipted.memoryMbS() + taken.memoryMbS(),
              receipted.storageGbDay() + taken.storageGbDay(),
              receipted.egressMb() + taken.egressMb(),
              receipted.receiptsCount() + taken.receiptsCount());
    }
  }
}
