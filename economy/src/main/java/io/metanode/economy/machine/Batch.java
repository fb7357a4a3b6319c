package io.metanode.economy.machine;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps that are done one after the other, each seeing what those before it did, all of them or
 * none.
 */
public record Batch(List<Step> steps) {

  /** The most steps of a batch. */
  public static final int MOST = 256;

  /**
   * @throws IllegalArgumentException if there is none, or too many
   */
  public Batch {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > MOST) {
      throw new IllegalArgumentException("a batch of " + steps.size() + " steps");
    }
  }

  public Bytes encode() {
    Encoder out = new Encoder(160 * steps.size()).u16(steps.size());
    steps.forEach(step -> step.encode(out));
    return out.toBytes();
  }

  public static Batch decode(Bytes payload) throws DecodingException {
    Decoder in = payload.decoder();
    int count = in.u16();
    if (count == 0 || count > MOST) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, count + " steps");
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(Step.decode(in));
    }
    in.end();
    return new Batch(steps);
  }
}
