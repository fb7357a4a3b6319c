package io.metanode.cli.bench;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Measurements of two engines made in turn, pair by pair, in milliseconds. */
final class Samples {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Double> first = new ArrayList<>();
  private final List<Double> second = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  /**
   * @param millisOfFirst the engine under test
   * @param millisOfSecond its peer, measured right after
   */
  void add(double millisOfFirst, double millisOfSecond) {
    first.add(millisOfFirst);
    second.add(millisOfSecond);
    ratios.add(millisOfSecond / millisOfFirst);
  }

  double first(double part) {
    return quantile(first, part);
  }

  double second(double part) {
    return quantile(second, part);
  }

  double ratioOfMedians() {
    return second(0.5) / first(0.5);
  }

  double medianOfRatios() {
    return quantile(ratios, 0.5);
  }

  /** The value below which the given part of the values lies, interpolated. */
  static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    double place = part * (sorted.size() - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
  }

  /** The figures, of DockLock first and of dockerd second. */
  ObjectNode json() {
    return JSON.createObjectNode()
        .put("docklockMedianMillis", rounded(first(0.5)))
        .put("docklockP90Millis", rounded(first(0.9)))
        .put("dockerdMedianMillis", rounded(second(0.5)))
        .put("dockerdP90Millis", rounded(second(0.9)))
        .put("ratioOfMedians", rounded(ratioOfMedians()))
        .put("medianOfPairRatios", rounded(medianOfRatios()));
  }

  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
