package io.metanode.testkit;

/**
 * Runs a check on many seeded cases. A failure names the case's seed; running again with {@code
 * -Dproperty.seed=<seed>} replays that case alone.
 */
public final class Property {

  private static final String SEED = "property.seed";
  private static final String FACTOR = "property.factor";

  private Property() {}

  /** A check of one case; it draws what it needs from the generator. */
  @FunctionalInterface
  public interface Case {
    void check(Gen gen) throws Exception;
  }

  /**
   * Runs {@code cases} cases whose seeds follow from {@code name}, so that every run is the same.
   * {@code -Dproperty.factor=10} runs ten times as many.
   *
   * @throws AssertionError on the first case that fails, with its seed
   */
  public static void check(String name, int cases, Case property) {
    Long only = Long.getLong(SEED);
    if (only != null) {
      run(name, only, property);
      return;
    }
    Gen seeds = new Gen(name.hashCode());
    int total = cases * Integer.getInteger(FACTOR, 1);
    for (int i = 0; i < total; i++) {
      run(name, seeds.nextLong(), property);
    }
  }

  private static void run(String name, long seed, Case property) {
    try {
      property.check(new Gen(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          name + " fails for -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
    }
  }
}
