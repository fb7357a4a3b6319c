package io.metanode.containers.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8TextTest {

  @Test
  void charactersAreNotCutWhereverThePiecesEnd() {
    String text = "aé€😀z";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Utf8Text pieces = new Utf8Text();
      String first = pieces.next(Arrays.copyOf(bytes, cut));
      String second = pieces.next(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertEquals(text, first + second + pieces.rest(), "cut at " + cut);
    }
  }

  @Test
  void whatIsNoTextComesThrough() {
    Utf8Text pieces = new Utf8Text();
    String first = pieces.next(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 'a'});
    assertEquals("\uFFFD\uFFFD\uFFFDa", first);
    assertEquals("", pieces.next(new byte[] {(byte) 0xE2}));
    assertEquals("\uFFFD", pieces.rest());
  }
}
