package io.metanode.containers.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A request's body: what of the connection's bytes belongs to it, length-delimited or chunked. */
final class RequestBody extends InputStream {

  private static final int CHUNK_SIZE_DIGITS = 15;
  private static final int CHUNK_LINE_LIMIT = 4096;

  /** What is done before the first byte is read: the interim answer 100, where it is expected. */
  @FunctionalInterface
  interface FirstRead {
    void run() throws IOException;
  }

  private final InputStream input;
  private final RequestParser parser;
  private final FirstRead firstRead;
  private final boolean chunked;
  private long left;
  private boolean begun;
  private boolean ended;

  RequestBody(InputStream input, RequestParser parser, RequestHead head, FirstRead firstRead) {
    this.input = input;
    this.parser = parser;
    this.firstRead = firstRead;
    this.chunked = head.chunked();
    this.left = head.contentLength().orElse(0);
    this.ended = !head.hasBody();
  }

  /** Whether every byte of the body has been read. */
  boolean ended() {
    return ended;
  }

  /** Whether reading has begun. */
  boolean begun() {
    return begun;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ended && !begun) {
      begun = true;
      firstRead.run();
      if (chunked) {
        nextChunk();
      }
    }
    if (ended) {
      return -1;
    }
    int count = input.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the request body ends early");
    }
    left -= count;
    if (left == 0) {
      finishPart();
    }
    return count;
  }

  private void finishPart() throws IOException {
    if (!chunked) {
      ended = true;
      return;
    }
    expectLineEnd();
    nextChunk();
  }

  private void nextChunk() throws IOException {
    left = chunkSize();
    if (left == 0) {
      parser.trailers();
      ended = true;
    }
  }

  private long chunkSize() throws IOException {
    long size = 0;
    int digits = 0;
    int next = input.read();
    for (int digit = Character.digit(next, 16); digit >= 0; digit = Character.digit(next, 16)) {
      if (++digits > CHUNK_SIZE_DIGITS) {
        throw HttpSyntaxException.malformed("bad chunk size");
      }
      size = size * 16 + digit;
      next = input.read();
    }
    if (digits == 0) {
      throw HttpSyntaxException.malformed("bad chunk size");
    }
    if (next == ';') {
      next = skipExtension();
    }
    if (next != '\r' || input.read() != '\n') {
      throw HttpSyntaxException.malformed("bad chunk size");
    }
    return size;
  }

  private int skipExtension() throws IOException {
    for (int i = 0; i < CHUNK_LINE_LIMIT; i++) {
      int next = input.read();
      if (next == '\r' || next == '\n' || next < 0) {
        return next;
      }
    }
    throw HttpSyntaxException.malformed("chunk extension too long");
  }

  private void expectLineEnd() throws IOException {
    if (input.read() != '\r' || input.read() != '\n') {
      throw HttpSyntaxException.malformed("bad chunk");
    }
  }
}
