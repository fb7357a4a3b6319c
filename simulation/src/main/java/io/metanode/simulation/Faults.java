package io.metanode.simulation;

import io.metanode.testkit.Gen;

/**
 * What goes wrong in a run, until the network settles. Probabilities are in percent, times in
 * virtual milliseconds.
 *
 * @param validators how many
 * @param byzantine how many of them the adversary has; at most f
 * @param quiet whether these send nothing at all
 * @param lossPercent of packets
 * @param duplicatePercent of packets
 * @param mutedKind of message of consensus, 1 to 4, that is lost more often; 0 for all that is not
 *     consensus: transactions, blocks, snapshots
 * @param mutedPercent how much more often
 * @param mostDelay of a packet, before the network settles
 * @param settledDelay of a packet, after
 * @param partitionEvery mean time between changes of a partition; 0 for none
 * @param crashEvery mean time between crashes; 0 for none
 * @param skewPercent by how much a timer may be fast or slow
 * @param settlesAt when losses, partitions and crashes end; the adversary goes on
 */
record Faults(
    int validators,
    int byzantine,
    boolean quiet,
    int lossPercent,
    int duplicatePercent,
    int mutedKind,
    int mutedPercent,
    int mostDelay,
    int settledDelay,
    int partitionEvery,
    int crashEvery,
    int skewPercent,
    long settlesAt) {

  private static final int[] SIZES = {4, 4, 4, 7, 10};

  static Faults draw(Gen gen) {
    int validators = SIZES[gen.intBetween(0, SIZES.length - 1)];
    int tolerated = (validators - 1) / 3;
    return new Faults(
        validators,
        gen.intBetween(0, tolerated),
        gen.oneIn(5),
        gen.bool() ? 0 : gen.intBetween(1, 30),
        gen.bool() ? 0 : gen.intBetween(1, 20),
        gen.bool() ? 0 : gen.intBetween(1, 4),
        gen.intBetween(20, 90),
        gen.intBetween(2, 300),
        gen.intBetween(2, 30),
        gen.bool() ? 0 : gen.intBetween(100, 2_000),
        gen.bool() ? 0 : gen.intBetween(100, 2_000),
        gen.intBetween(0, 30),
        gen.between(500, 5_000));
  }
}
