package io.metanode.containers.image.layer;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names a layer together with all below it (OCI image-spec, config.md, "Layer ChainID"). */
public final class ChainId {

  private ChainId() {}

  /** The chain ids of a stack of layers, lowest first, from the digests of their archives. */
  public static List<Digest> of(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>(diffIds.size());
    for (Digest diffId : diffIds) {
      chain.add(on(chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast()), diffId));
    }
    return List.copyOf(chain);
  }

  /** The chain id of a layer on another. */
  static Digest on(Optional<Digest> parent, Digest diffId) {
    return parent
        .map(below -> Sha256.of((below + " " + diffId).getBytes(StandardCharsets.US_ASCII)))
        .orElse(diffId);
  }
}
