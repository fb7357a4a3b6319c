package io.metanode.containers.launch;

/** A configuration asks for something the launcher does not do; its message says what. */
public final class OutsideLauncherException extends Exception {

  private static final long serialVersionUID = 1L;

  OutsideLauncherException(String what) {
    super(what);
  }
}
