package io.metanode.crypto;

import java.io.IOException;

/** A signature was not made. The message says by whom, and what to do. */
public final class SigningException extends IOException {

  public SigningException(String message) {
    super(message);
  }

  public SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
