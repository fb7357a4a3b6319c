package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Weight;
import io.metanode.economy.supply.FlxPolicy;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules as numbers by name, as the API shows them and as a proposal states them: times in
 * milliseconds, amounts in minor units, shares in millionths.
 */
public final class RuleNumbers {

  private RuleNumbers() {}

  /** All of them, in the order of the encoding. */
  public static SequencedMap<String, Long> of(Rules rules) {
    SequencedMap<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("windowMillis", rules.windowMillis());
    numbers.put("epochMillis", rules.epochMillis());
    for (Component component : Component.values()) {
      numbers.put("weight." + name(component), rules.poe().weight(component).millionths());
      numbers.put("scale." + name(component), rules.poe().weight(component).scale());
    }
    numbers.put("most", rules.poe().most().units());
    numbers.put("adoption", rules.poe().adoption());
    numbers.put("leastBurn", rules.flx().leastBurn());
    numbers.put("mintCap", rules.flx().mintCap().units());
    numbers.put("mintShare", rules.flx().mintShare());
    numbers.put("band", rules.flx().band());
    numbers.put("openMillis", rules.voting().openMillis());
    numbers.put("timelockMillis", rules.voting().timelockMillis());
    numbers.put("quorum", rules.voting().quorum());
    numbers.put("least", rules.voting().least().units());
    return numbers;
  }

  /**
   * The rules that such numbers are.
   *
   * @throws IllegalArgumentException if one is missing, unknown or out of its bounds
   */
  public static Rules rules(Map<String, Long> numbers) {
    Set<String> known = of(Rules.DEFAULT).keySet();
    Set<String> wrong = new TreeSet<>(numbers.keySet());
    wrong.removeAll(known);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("no rule " + wrong + "; there are " + known);
    }
    Map<Component, Weight> weights = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      weights.put(
          component,
          new Weight(
              number(numbers, "weight." + name(component)),
              number(numbers, "scale." + name(component))));
    }
    return new Rules(
        number(numbers, "windowMillis"),
        number(numbers, "epochMillis"),
        new PoeParameters(
            weights, new Amount(number(numbers, "most")), number(numbers, "adoption")),
        new FlxPolicy(
            number(numbers, "leastBurn"),
            new Amount(number(numbers, "mintCap")),
            number(numbers, "mintShare"),
            number(numbers, "band")),
        new VotingRules(
            number(numbers, "openMillis"),
            number(numbers, "timelockMillis"),
            number(numbers, "quorum"),
            new Amount(number(numbers, "least"))));
  }

  private static long number(Map<String, Long> numbers, String name) {
    Long number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("the rule " + name + " is missing");
    }
    return number;
  }

  private static String name(Component component) {
    return component.name().toLowerCase(Locale.ROOT);
  }
}
