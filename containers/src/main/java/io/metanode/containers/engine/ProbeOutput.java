package io.metanode.containers.engine;

import io.metanode.containers.runtime.ProcessStreams;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Keeps the first of what a process writes, and reads the rest away. */
final class ProbeOutput {

  private static final int KEPT_BYTES = 4096;
  private static final int HEADER_BYTES = 8;
  private static final int LENGTH_OFFSET = 4;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /** Reads frames until the output ends. */
  void read(ProcessStreams streams) {
    try (streams;
        DataInputStream input = new DataInputStream(streams.output())) {
      byte[] header = input.readNBytes(HEADER_BYTES);
      while (header.length == HEADER_BYTES) {
        int length = java.nio.ByteBuffer.wrap(header).getInt(LENGTH_OFFSET);
        keep(input.readNBytes(length));
        header = input.readNBytes(HEADER_BYTES);
      }
    } catch (IOException e) {
      // The process is gone; what it wrote was read.
    }
  }

  private synchronized void keep(byte[] bytes) {
    kept.write(bytes, 0, Math.min(bytes.length, KEPT_BYTES - kept.size()));
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
