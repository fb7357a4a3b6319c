package io.metanode.economy.poe;

import io.metanode.economy.money.Amount;
import java.math.BigInteger;

/**
 * What usage is worth: Φ = Σ wᵢ·componentᵢ/scaleᵢ, Γ = Φ/(1 + Φ), NEX = K·Γ·A.
 *
 * <p>Φ and Γ are exact rationals. NEX is rounded once, down, to 10⁻⁹: it is below the exact value
 * by less than one minor unit, on every machine.
 *
 * <p>What holds: Φ of a sum is the sum of the Φ, in any order. Γ grows with every component and is
 * below one. What does not: NEX of a sum. Γ is concave, so work that is split over two windows, or
 * two providers, earns at least what it earns in one, less a minor unit, and usually more. Whoever
 * defines windows and admits providers must know that (docs/decisions/0172).
 *
 * @param phi Φ
 */
public record ExecutionIndex(Ratio phi) {

  /** The index of usage. */
  public static ExecutionIndex of(Usage usage, PoeParameters parameters) {
    Ratio phi = Ratio.of(0, 1);
    for (Component component : Component.values()) {
      Weight weight = parameters.weight(component);
      BigInteger unit =
          BigInteger.valueOf(Usage.MILLIONTHS * Weight.WHOLE)
              .multiply(BigInteger.valueOf(weight.scale()));
      BigInteger counted =
          BigInteger.valueOf(usage.of(component)).multiply(BigInteger.valueOf(weight.millionths()));
      phi = phi.plus(new Ratio(counted, unit));
    }
    return new ExecutionIndex(phi);
  }

  /** Γ, below one. */
  public Ratio gamma() {
    return new Ratio(phi.numerator(), phi.denominator().add(phi.numerator()));
  }

  /**
   * NEX, rounded down.
   *
   * @throws ArithmeticException if that is 2^63 minor units or more
   */
  public Amount nex(PoeParameters parameters) {
    Ratio scaled =
        gamma()
            .times(Ratio.of(parameters.most().units(), 1))
            .times(Ratio.of(parameters.adoption(), PoeParameters.ADOPTION_ONE));
    return Amount.of(scaled.floor());
  }
}
