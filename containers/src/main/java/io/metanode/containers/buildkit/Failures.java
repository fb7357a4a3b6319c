package io.metanode.containers.buildkit;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.metanode.containers.build.BuildException;
import io.metanode.containers.http.ApiException;
import java.lang.System.Logger.Level;

/** Failures as gRPC tells them, and back. */
final class Failures {

  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  static String message(Exception failure) {
    return failure instanceof BuildException step
        ? "process \""
            + step.command()
            + "\" did not complete successfully: exit code: "
            + step.exitCode()
        : ApiException.of(failure).getMessage();
  }

  static StatusRuntimeException told(Exception failure) {
    if (failure instanceof StatusRuntimeException already) {
      return already;
    }
    if (failure instanceof RuntimeException) {
      LOG.log(Level.ERROR, "failed: a call of a build's client", failure);
    }
    Status status =
        switch (failure) {
          case BuildException _ -> Status.UNKNOWN;
          case ApiException api -> status(api.status());
          default -> Status.INTERNAL;
        };
    return status.withDescription(message(failure)).withCause(failure).asRuntimeException();
  }

  private static Status status(int http) {
    return switch (http) {
      case 400 -> Status.INVALID_ARGUMENT;
      case 401 -> Status.UNAUTHENTICATED;
      case 403 -> Status.PERMISSION_DENIED;
      case 404 -> Status.NOT_FOUND;
      case 409 -> Status.FAILED_PRECONDITION;
      case 499 -> Status.CANCELLED;
      case 501 -> Status.UNIMPLEMENTED;
      case 507 -> Status.RESOURCE_EXHAUSTED;
      default -> Status.UNKNOWN;
    };
  }

  /** What a client's session failed with. */
  static ApiException ofSession(String tried, Status status) {
    String said =
        status.getDescription() == null ? status.getCode().name() : status.getDescription();
    return switch (status.getCode()) {
      case UNAVAILABLE, CANCELLED ->
          new ApiException(499, tried + ": the client's session has ended: " + said);
      case UNIMPLEMENTED ->
          ApiException.badRequest(tried + ": the client does not offer that in its session");
      case NOT_FOUND -> ApiException.notFound(tried + ": " + said);
      default -> ApiException.badRequest(tried + ": " + said);
    };
  }

  static ApiException ofSession(String tried, StatusException failure) {
    return ofSession(tried, failure.getStatus());
  }
}
