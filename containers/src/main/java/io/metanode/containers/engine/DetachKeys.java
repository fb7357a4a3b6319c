package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import java.util.Arrays;

/** The keys that take a terminal's client away from a process without ending it. */
public final class DetachKeys {

  private static final byte[] CTRL_P_CTRL_Q = {16, 17};
  private static final String SPECIAL = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

  private final byte[] keys;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /**
   * Reads {@code ctrl-p,ctrl-q}; empty stands for these very keys.
   *
   * @throws ApiException 400 in Docker's words
   */
  public static DetachKeys parse(String text) throws ApiException {
    if (text.isEmpty()) {
      return new DetachKeys(CTRL_P_CTRL_Q);
    }
    String[] names = text.split(",", -1);
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = key(names[i], text);
    }
    return new DetachKeys(keys);
  }

  private static byte key(String name, String text) throws ApiException {
    if (name.length() == 1 && name.charAt(0) < 128) {
      return (byte) name.charAt(0);
    }
    if (name.startsWith("ctrl-") && name.length() == 6) {
      int code = SPECIAL.indexOf(name.charAt(5));
      if (code >= 0) {
        return (byte) code;
      }
    }
    if (name.equals("DEL")) {
      return 127;
    }
    throw ApiException.badRequest("Invalid detach keys (" + text + ") provided");
  }

  /** A scan of one client's input. */
  public Scan scan() {
    return new Scan();
  }

  /** Looks for the keys in a stream of input, across the bounds of reads. */
  public final class Scan {

    private int matched;

    private boolean detached;

    private Scan() {}

    /** Whether the keys were seen, one after the other; nothing after them is passed on. */
    public boolean detached() {
      return detached;
    }

    /** What to pass on of the input read. */
    public byte[] next(byte[] input, int length) {
      byte[] pass = new byte[length + keys.length];
      int count = 0;
      for (int i = 0; i < length && !detached; i++) {
        byte key = input[i];
        if (key != keys[matched] && matched > 0) {
          System.arraycopy(keys, 0, pass, count, matched);
          count += matched;
          matched = 0;
        }
        if (key == keys[matched]) {
          matched++;
          detached = matched == keys.length;
        } else {
          pass[count++] = key;
        }
      }
      return Arrays.copyOf(pass, count);
    }
  }
}
