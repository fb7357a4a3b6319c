package io.metanode.containers.registry;

import io.metanode.containers.http.ApiException;
import java.io.IOException;

/** A registry's refusal, or an answer of it that is none. */
public final class RegistryException extends IOException {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final int status;
  private final String code;

  /**
   * @param status the HTTP status it stands for
   * @param code the registry's, such as {@code MANIFEST_UNKNOWN}; may be empty
   */
  public RegistryException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** An answer that breaks the protocol. */
  static RegistryException broken(String message) {
    return new RegistryException(0, "", message);
  }

  /** The HTTP status, 0 where the answer broke the protocol. */
  public int status() {
    return status;
  }

  /** Whether asking again may help. */
  public boolean isTransient() {
    return status >= SERVER_ERROR || status == TOO_MANY;
  }

  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** Whether it asks for other credentials. */
  public boolean isDenied() {
    return status == 401 || status == 403 || code.equals("DENIED");
  }

  /**
   * As Docker's clients are told of it. Never 401, at which they ask whoever sits there for a
   * password.
   */
  public ApiException toApi() {
    int told = isDenied() ? FORBIDDEN : isNotFound() || status == TOO_MANY ? status : SERVER_ERROR;
    return new ApiException(told, String.valueOf(getMessage()));
  }
}
