package io.metanode.containers.image.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.foundation.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainIdTest {

  /** Computed with sha256sum over the text the OCI image-spec prescribes. */
  @Test
  void namesALayerWithAllBelowIt() {
    Digest a = new Digest("a".repeat(64));
    Digest b = new Digest("b".repeat(64));
    List<Digest> chain = ChainId.of(List.of(a, b, a));
    assertEquals(a, chain.get(0));
    assertEquals(
        "ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c", chain.get(1).hex());
    assertEquals(
        "406364a4bd8d39df8107071d4494fa73814420337124657ec5999b072e5d3352", chain.get(2).hex());
  }
}
