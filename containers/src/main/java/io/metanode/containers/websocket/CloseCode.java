package io.metanode.containers.websocket;

/** Why a WebSocket ends, RFC 6455 section 7.4. */
final class CloseCode {

  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;

  private static final int GOING_AWAY = 1001;
  private static final int UNSUPPORTED = 1003;
  private static final int INVALID_DATA = 1007;
  private static final int LAST_OF_THE_PROTOCOL = 1014;
  private static final int FIRST_OF_OTHERS = 3000;
  private static final int LAST = 4999;

  private CloseCode() {}

  /** Whether a peer may send it. */
  static boolean isAllowed(int code) {
    return code == NORMAL
        || code == GOING_AWAY
        || code == PROTOCOL_ERROR
        || code == UNSUPPORTED
        || (code >= INVALID_DATA && code <= LAST_OF_THE_PROTOCOL)
        || (code >= FIRST_OF_OTHERS && code <= LAST);
  }
}
