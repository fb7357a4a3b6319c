package io.metanode.containers.buildkit;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call by which a client is given something. It waits for a client that is slow, and ends when
 * nobody waits for the build any more. Its failures are those of streams, caused by what the client
 * is told ({@link #told}).
 */
final class Sending<M> implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Sending.class.getName());
  private static final long POLL_MILLIS = 200;

  /** What a client may say while it takes nothing: more is no transfer. */
  private static final int MOST_UNREAD = 1 << 16;

  private final BlockingClientCall<M, M> call;
  private final BooleanSupplier abandoned;

  /** What the client said while it took nothing. */
  private final Deque<M> unread = new ArrayDeque<>();

  private boolean ended;

  /**
   * @param abandoned whether nobody waits for the build any more
   */
  Sending(BlockingClientCall<M, M> call, BooleanSupplier abandoned) {
    this.call = call;
    this.abandoned = abandoned;
  }

  private interface Step<T> {
    T run() throws StatusException, InterruptedException, TimeoutException, IOException;
  }

  private <T> T patiently(Step<T> step) throws IOException {
    while (!abandoned.getAsBoolean()) {
      try {
        return step.run();
      } catch (TimeoutException e) {
        LOG.log(Level.TRACE, "the client is slow");
      } catch (StatusException e) {
        throw refused(e.getStatus());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the engine closes");
      }
    }
    throw failure(new ApiException(499, "the build was given up"));
  }

  /** What a client fails with is its own: its words alone say it best. */
  private static IOException refused(Status status) {
    String said = status.getDescription();
    return failure(
        status.getCode() == Status.Code.UNKNOWN && said != null
            ? ApiException.badRequest("the client cannot take what was built: " + said)
            : Failures.ofSession("sending what was built", status));
  }

  static IOException failure(ApiException cause) {
    return new IOException(cause.getMessage(), cause);
  }

  /** What a failure is to whoever asked for the build. */
  static ApiException told(IOException failure) throws IOException {
    if (failure.getCause() instanceof ApiException cause) {
      return cause;
    }
    throw failure;
  }

  void write(M message) throws IOException {
    if (!patiently(() -> taken(message))) {
      throw early();
    }
  }

  private boolean taken(M message)
      throws StatusException, InterruptedException, TimeoutException, IOException {
    try {
      return call.write(message, POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      hear();
      throw e;
    }
  }

  /**
   * Takes what a client says that takes nothing: that it has ended the call is heard only behind
   * what it said before.
   */
  private void hear() throws StatusException, InterruptedException, IOException {
    try {
      for (M said = next(1); said != null; said = next(1)) {
        if (unread.size() == MOST_UNREAD) {
          throw failure(ApiException.badRequest("the client says much and takes nothing"));
        }
        unread.add(said);
      }
    } catch (TimeoutException e) {
      LOG.log(Level.TRACE, "the client says nothing");
    }
  }

  private @Nullable M next(long millis)
      throws StatusException, InterruptedException, TimeoutException {
    return call.read(millis, TimeUnit.MILLISECONDS);
  }

  static IOException early() {
    return failure(ApiException.badRequest("the client ended the transfer early"));
  }

  /** What the client says next; empty when it has ended well. */
  Optional<M> read() throws IOException {
    return unread.isEmpty()
        ? patiently(() -> Optional.ofNullable(next(POLL_MILLIS)))
        : Optional.of(unread.remove());
  }

  /** Says that this was all, and waits until the client has put it away. */
  void finish() throws IOException {
    call.halfClose();
    awaitEnd();
    ended = true;
  }

  /**
   * Passes over what the client says until it ends; if it does so with an error, fails with that.
   */
  void awaitEnd() throws IOException {
    while (read().isPresent()) {
      LOG.log(Level.TRACE, "the client has something to say yet");
    }
  }

  @Override
  public void close() {
    if (!ended) {
      call.cancel("what was built is not sent to the end", null);
    }
  }
}
