package io.metanode.containers.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Frames of any sizes and cuts give the stream back; bytes that are none end it, and no more. */
final class FramesPropertyTest {

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  @Test
  void streamsComeThroughHoweverTheyAreCut() {
    Property.check("frames", 2000, FramesPropertyTest::comesThrough);
  }

  @Test
  void bytesThatAreNoFramesEndTheStream() {
    Property.check("hostile frames", 20_000, FramesPropertyTest::isRefused);
  }

  private static void comesThrough(Gen gen) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int message = gen.intBetween(0, 5); message > 0; message--) {
      int fragments = gen.intBetween(1, 4);
      for (int i = 0; i < fragments; i++) {
        byte[] payload =
            new byte[gen.oneIn(10) ? gen.intBetween(65_530, 65_540) : gen.intBetween(0, 130)];
        gen.fill(payload);
        int opcode = i > 0 ? Opcode.CONTINUATION : gen.pick(Opcode.TEXT, Opcode.BINARY);
        masked(gen, wire, (i == fragments - 1 ? FINAL : 0) | opcode, payload);
        sent.writeBytes(payload);
        if (gen.oneIn(4)) {
          masked(
              gen,
              wire,
              FINAL | gen.pick(Opcode.PING, Opcode.PONG),
              new byte[gen.intBetween(0, 125)]);
        }
      }
    }
    FrameInput input =
        new FrameInput(
            new ByteArrayInputStream(wire.toByteArray()),
            new FrameOutput(OutputStream.nullOutputStream(), true),
            () -> {});
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      byte[] buffer = new byte[gen.intBetween(1, 5000)];
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        read.write(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertArrayEquals(sent.toByteArray(), read.toByteArray());
  }

  private static void masked(Gen gen, ByteArrayOutputStream wire, int first, byte[] payload) {
    byte[] mask = new byte[4];
    gen.fill(mask);
    ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
    if (payload.length < 126) {
      head.put((byte) (MASKED | payload.length));
    } else if (payload.length < 65_536) {
      head.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      head.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    head.put(mask);
    wire.write(head.array(), 0, head.position());
    for (int i = 0; i < payload.length; i++) {
      wire.write(payload[i] ^ mask[i % 4]);
    }
  }

  /** Whatever comes, no more is handed on than came, and a refusal closes the connection. */
  private static void isRefused(Gen gen) {
    byte[] bytes = new byte[gen.intBetween(0, 200)];
    gen.fill(bytes);
    if (bytes.length > 1 && gen.bool()) {
      bytes[0] = (byte) (FINAL | gen.pick(Opcode.TEXT, Opcode.CLOSE, Opcode.PING));
      bytes[1] = (byte) (MASKED | bytes[1]);
    }
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    FrameInput input =
        new FrameInput(
            new ByteArrayInputStream(bytes),
            new FrameOutput(answers, true),
            () -> closed.set(true));
    try {
      assertTrue(input.readAllBytes().length <= bytes.length);
    } catch (java.io.EOFException e) {
      // It was cut short.
    } catch (IOException e) {
      assertTrue(closed.get(), e.toString());
    }
    assertTrue(answers.size() <= bytes.length + 4);
  }
}
