package io.metanode.containers.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestParserPropertyTest {

  /** Hands out bytes in pieces of random size, as a socket does. */
  private static ConnectionInput inPieces(Gen gen, byte[] bytes) {
    InputStream whole = new ByteArrayInputStream(bytes);
    return new ConnectionInput(
        Channels.newChannel(
            new InputStream() {
              @Override
              public int read() throws IOException {
                return whole.read();
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return whole.read(target, offset, gen.intBetween(1, Math.max(1, length)));
              }
            }));
  }

  private static byte[] chunked(Gen gen, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int size = gen.intBetween(1, body.length - at);
      String extension = gen.oneIn(3) ? ";" + gen.name(1, 8) + "=1" : "";
      out.write((Integer.toHexString(size) + extension + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.write(body, at, size);
      out.write("\r\n".getBytes(StandardCharsets.UTF_8));
      at += size;
    }
    String trailer = gen.bool() ? "X-Check: 1\r\n" : "";
    out.write(("0\r\n" + trailer + "\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  @Test
  void anyPipelineOfRequestsIsReadAsItWasWritten() {
    Property.check(
        "pipeline",
        300,
        gen -> {
          int count = gen.intBetween(1, 5);
          ByteArrayOutputStream wire = new ByteArrayOutputStream();
          byte[][] bodies = new byte[count][];
          String[] values = new String[count];
          for (int i = 0; i < count; i++) {
            bodies[i] = gen.bytes(gen.intBetween(0, 20_000));
            values[i] = gen.name(0, 30);
            boolean chunks = gen.bool();
            String length =
                chunks ? "Transfer-Encoding: chunked" : "Content-Length: " + bodies[i].length;
            wire.write(
                ("POST /r"
                        + i
                        + " HTTP/1.1\r\nHost: h\r\nX-V:"
                        + values[i]
                        + " \r\n"
                        + length
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            wire.write(chunks ? chunked(gen, bodies[i]) : bodies[i]);
          }
          ConnectionInput input = inPieces(gen, wire.toByteArray());
          RequestParser parser = new RequestParser(input);
          for (int i = 0; i < count; i++) {
            RequestHead head = parser.next().orElseThrow();
            assertEquals("/r" + i, head.target());
            assertEquals(Optional.of(values[i]), head.headers().first("x-v"));
            RequestBody body = new RequestBody(input, parser, head, () -> {});
            assertArrayEquals(bodies[i], body.readAllBytes());
            assertTrue(body.ended());
          }
          assertTrue(parser.next().isEmpty());
        });
  }

  @Test
  void damagedBytesEndInARefusalOrARequestButNeverInAnotherFailure() {
    Property.check(
        "damage",
        3000,
        gen -> {
          byte[] wire =
              String.join(
                      "\r\n",
                      "POST /x?a=%20b HTTP/1.1",
                      "Host: h",
                      "Content-Type: a/b",
                      "Transfer-Encoding: chunked",
                      "",
                      "5",
                      "hello",
                      "0",
                      "",
                      "")
                  .getBytes(StandardCharsets.UTF_8);
          int flips = gen.intBetween(1, 4);
          for (int i = 0; i < flips; i++) {
            wire[gen.intBetween(0, wire.length - 1)] = (byte) gen.intBetween(0, 255);
          }
          ConnectionInput input = inPieces(gen, wire);
          RequestParser parser = new RequestParser(input);
          try {
            for (Optional<RequestHead> head = parser.next();
                head.isPresent();
                head = parser.next()) {
              Target target = Target.parse(head.get().target());
              assertTrue(target.path().indexOf('\0') < 0);
              new RequestBody(input, parser, head.get(), () -> {}).readAllBytes();
            }
          } catch (HttpSyntaxException e) {
            assertTrue(e.status() >= 400 && e.status() < 600, e.toString());
          } catch (EOFException e) {
            assertEquals("the request body ends early", e.getMessage());
          }
        });
  }

  @Test
  void randomBytesAreRefused() {
    Property.check(
        "noise",
        2000,
        gen -> {
          RequestParser parser =
              new RequestParser(inPieces(gen, gen.bytes(gen.intBetween(1, 3000))));
          try {
            parser.next();
          } catch (HttpSyntaxException e) {
            assertTrue(e.status() >= 400, e.toString());
          }
        });
  }

  @Test
  void percentDecodingUndoesEncoding() {
    Property.check(
        "percent",
        500,
        gen -> {
          String text = gen.text(0, 40).replace("\0", "");
          StringBuilder encoded = new StringBuilder();
          for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(octet));
          }
          assertEquals(
              new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
              Target.decode(encoded.toString(), gen.bool()));
        });
  }
}
