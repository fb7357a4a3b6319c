package io.metanode.containers.build;

import java.util.List;

/**
 * What becomes of what was built.
 *
 * @param listed whether it is an image of this engine's that {@code docker images} shows; else it
 *     is found again by later builds alone
 * @param elsewhere where else it goes, in this order
 */
public record Deliveries(boolean listed, List<Delivery> elsewhere) {

  /** It is an image of this engine's. */
  public static final Deliveries STORE = new Deliveries(true, List.of());

  public Deliveries {
    elsewhere = List.copyOf(elsewhere);
  }
}
