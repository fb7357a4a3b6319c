package io.metanode.containers.http;

import java.io.IOException;

/** An error the client is told of, as Docker's {@code {"message": …}} with a status. */
public class ApiException extends Exception {

  private final int status;

  public ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, message);
  }

  public static ApiException forbidden(String message) {
    return new ApiException(403, message);
  }

  public static ApiException notFound(String message) {
    return new ApiException(404, message);
  }

  public static ApiException conflict(String message) {
    return new ApiException(409, message);
  }

  public static ApiException internal(String message) {
    return new ApiException(500, message);
  }

  /** What a client is told of a failure, one that nobody foresaw too. */
  public static ApiException of(Exception failure) {
    return switch (failure) {
      case ApiException told -> told;
      case IOException _ -> internal(String.valueOf(failure.getMessage()));
      default -> internal("the engine failed: " + failure);
    };
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
