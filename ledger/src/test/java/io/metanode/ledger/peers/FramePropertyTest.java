package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramePropertyTest {

  private static byte[] written(List<Frame> frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameOutput out = new FrameOutput(bytes);
    for (Frame frame : frames) {
      out.write(frame);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static Frame frame(Gen gen) {
    return new Frame(gen.pick(Lane.values()), gen.bytes(gen.intBetween(0, 2_000)));
  }

  @Test
  void whatIsWrittenIsRead() {
    Property.check(
        "frames",
        200,
        gen -> {
          List<Frame> frames = gen.list(0, 8, FramePropertyTest::frame);
          FrameInput in = new FrameInput(new ByteArrayInputStream(written(frames)));
          for (Frame frame : frames) {
            Frame read = in.next().orElseThrow();
            assertEquals(frame.lane(), read.lane());
            assertArrayEquals(frame.payload(), read.payload());
          }
          assertThrows(EOFException.class, in::next);
        });
  }

  @Test
  void cutFramesEndEarly() {
    Property.check(
        "cut frames",
        200,
        gen -> {
          byte[] whole = written(List.of(frame(gen)));
          byte[] cut = java.util.Arrays.copyOf(whole, gen.intBetween(0, whole.length - 1));
          assertThrows(EOFException.class, new FrameInput(new ByteArrayInputStream(cut))::next);
        });
  }

  @Test
  void lengthAboveTheLimitIsRefusedBeforeAnythingIsRead() {
    for (Lane lane : Lane.values()) {
      for (int length : new int[] {lane.maxFrame() + 1, Integer.MAX_VALUE, -1}) {
        byte[] head = {
          (byte) lane.code(),
          (byte) (length >> 24),
          (byte) (length >> 16),
          (byte) (length >> 8),
          (byte) length
        };
        assertThrows(ProtocolException.class, new FrameInput(new ByteArrayInputStream(head))::next);
      }
    }
  }
}
