package io.metanode.economy;

/** A text that is no such document; the message names the place and what is wrong there. */
public final class DocumentException extends Exception {

  public DocumentException(String message) {
    super(message);
  }
}
