package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.engine.Frames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnframedOutputTest {

  @Test
  void framesMayBeCutAnywhere() throws Exception {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (String text : new String[] {"one ", "", "two ", "three"}) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      frames.writeBytes(Frames.frame(Frames.STDOUT, bytes, bytes.length));
    }
    byte[] all = frames.toByteArray();
    for (int cut = 1; cut <= all.length; cut++) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      UnframedOutput output = new UnframedOutput(read);
      for (int from = 0; from < all.length; from += cut) {
        output.write(all, from, Math.min(cut, all.length - from));
      }
      assertEquals("one two three", read.toString(StandardCharsets.US_ASCII), "cut at " + cut);
    }
  }
}
