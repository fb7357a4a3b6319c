package io.metanode.containers.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FrameInputTest {

  private static final HexFormat HEX = HexFormat.of();

  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private final AtomicBoolean closed = new AtomicBoolean();

  private FrameInput reading(String frames) {
    return new FrameInput(
        new ByteArrayInputStream(HEX.parseHex(frames.replace(" ", ""))),
        new FrameOutput(answers, true),
        () -> closed.set(true));
  }

  private String text(String frames) throws IOException {
    return new String(reading(frames).readAllBytes(), StandardCharsets.UTF_8);
  }

  private String answered() {
    return HEX.formatHex(answers.toByteArray());
  }

  /** The examples of RFC 6455, sections 1.3 and 5.7. */
  @Test
  void examplesOfTheStandard() throws Exception {
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.answer("dGhlIHNhbXBsZSBub25jZQ=="));
    assertEquals("Hello", text("8185 37fa213d 7f9f4d5158"));
    assertEquals("Hello", text("0183 00000000 48656c 8082 00000000 6c6f"), "in two fragments");
    assertEquals("", text("8985 37fa213d 7f9f4d5158"));
    assertEquals("8a0548656c6c6f", answered(), "a pong with the ping's payload");
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    new FrameOutput(sent, false).write("Hello".getBytes(StandardCharsets.UTF_8));
    new FrameOutput(sent, true).write(new byte[256]);
    new FrameOutput(sent, true).write(new byte[65536]);
    String all = HEX.formatHex(sent.toByteArray());
    assertTrue(all.startsWith("810548656c6c6f827e0100"), all.substring(0, 30));
    assertTrue(all.contains("827f0000000000010000"));
  }

  @Test
  void controlFramesComeBetweenFragments() throws Exception {
    assertEquals("ab", text("0281 00000000 61 8981 00000000 70 8a80 00000000 8081 00000000 62"));
    assertEquals("8a0170", answered());
  }

  @Test
  void aCloseIsAnsweredOnceAndEndsTheStream() throws Exception {
    assertEquals("", text("8882 00000000 03e9 8181 00000000 61"));
    assertEquals("880203e9", answered());
    assertTrue(closed.get());
    answers.reset();
    FrameOutput output = new FrameOutput(answers, true);
    output.close(CloseCode.NORMAL);
    output.close(CloseCode.PROTOCOL_ERROR);
    assertEquals("880203e8", answered());
    assertThrows(IOException.class, () -> output.write(1));
  }

  @Test
  void anEmptyCloseIsNormal() throws Exception {
    assertEquals("", text("8880 00000000"));
    assertEquals("880203e8", answered());
  }

  @Test
  void whatBreaksTheProtocolEndsIt() {
    for (String hostile :
        List.of(
            "8105 48656c6c6f", // not masked
            "c181 00000000 61", // a reserved bit
            "8381 00000000 61", // no such data frame
            "8b80 00000000", // no such control frame
            "0980 00000000", // a ping in fragments
            "89fe 007e 00000000", // a ping of 126 bytes
            "8081 00000000 61", // a continuation of nothing
            "0181 00000000 61 8181 00000000 62", // a message within a message
            "81fe 007d 00000000", // a length that is not the shortest
            "81ff 000000000000ffff 00000000", // the same
            "81ff ffffffffffffffff 00000000", // a negative length
            "8881 00000000 03", // a close with half a code
            "8882 00000000 03ed", // a code that is never sent
            "8882 00000000 0000")) {
      answers.reset();
      closed.set(false);
      assertThrows(IOException.class, () -> reading(hostile).readAllBytes(), hostile);
      assertEquals("880203ea", answered(), hostile);
      assertTrue(closed.get(), hostile);
    }
  }

  @Test
  void aClientThatGoesIsToldFromOneThatGoesAmidAFrame() throws Exception {
    assertArrayEquals(new byte[0], reading("").readAllBytes());
    for (String cut : List.of("81", "8185", "8185 37fa213d", "8185 37fa213d 7f9f")) {
      assertThrows(EOFException.class, () -> reading(cut).readAllBytes(), cut);
    }
  }
}
