package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  private static final double EXACT = 1e-12;

  @Test
  void medianOfEvenNumberLiesBetween() {
    assertEquals(2.5, Samples.quantile(List.of(4.0, 1.0, 3.0, 2.0), 0.5), EXACT);
  }

  @Test
  void ninetiethPercentileIsInterpolated() {
    assertEquals(
        9.1, Samples.quantile(List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 10.), 0.9), EXACT);
  }

  @Test
  void ratioOfMediansIsNotMedianOfRatios() {
    Samples samples = new Samples();
    samples.add(1, 10);
    samples.add(2, 2);
    samples.add(4, 12);
    assertEquals(5.0, samples.ratioOfMedians(), EXACT);
    assertEquals(3.0, samples.medianOfRatios(), EXACT);
  }
}
