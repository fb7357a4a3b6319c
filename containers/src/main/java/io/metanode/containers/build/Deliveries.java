package io.metanode.containers.build;

import java.util.List;
import java.util.Map;

/**
 * What becomes of what was built.
 *
 * @param listed whether it is an image of this engine's that {@code docker images} shows; else it
 *     is found again by later builds alone
 * @param annotations of the manifests that its names in this engine stand for
 * @param elsewhere where else it goes, in this order
 */
public record Deliveries(
    boolean listed, Map<String, String> annotations, List<Delivery> elsewhere) {

  /** It is an image of this engine's. */
  public static final Deliveries STORE = new Deliveries(true, Map.of(), List.of());

  public Deliveries {
    annotations = Map.copyOf(annotations);
    elsewhere = List.copyOf(elsewhere);
  }
}
