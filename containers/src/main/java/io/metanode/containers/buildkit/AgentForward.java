package io.metanode.containers.buildkit;

import com.google.protobuf.ByteString;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.metanode.containers.buildkit.wire.BytesMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code moby.sshforward.v1.SSH/ForwardAgent}: one connection to a client's SSH agent, its bytes in
 * messages in both directions. The client does not end a stream whose other side has ended, so what
 * is still to come is waited for a few seconds only.
 */
final class AgentForward {

  private static final int BUFFER_BYTES = 32 << 10;
  private static final int PATIENCE_SECONDS = 5;

  private final BlockingClientCall<BytesMessage, BytesMessage> call;
  private final ByteChannel connection;
  private volatile boolean ended;

  AgentForward(BlockingClientCall<BytesMessage, BytesMessage> call, ByteChannel connection) {
    this.call = call;
    this.connection = connection;
  }

  /** Returns when either side has ended; both are then. */
  void run() throws IOException {
    Thread.ofVirtual().name("metanode-agent-questions").start(this::questions);
    try {
      answers();
    } catch (StatusException e) {
      throw new IOException("the client's SSH agent: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    } finally {
      call.cancel("the connection has ended", null);
      connection.close(); // ends the questions
    }
  }

  private void questions() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (connection.read(buffer) >= 0) {
        buffer.flip();
        BytesMessage message =
            BytesMessage.newBuilder().setData(ByteString.copyFrom(buffer)).build();
        if (!call.write(message)) {
          return; // the answers tell why
        }
        buffer.clear();
      }
      call.halfClose();
      ended = true;
    } catch (IOException | StatusException e) {
      call.cancel("the connection has ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answers() throws IOException, StatusException, InterruptedException {
    int idleSeconds = 0;
    while (idleSeconds < PATIENCE_SECONDS) {
      try {
        BytesMessage message = call.read(1, TimeUnit.SECONDS);
        if (message == null) {
          return;
        }
        ByteBuffer bytes = message.getData().asReadOnlyByteBuffer();
        while (bytes.hasRemaining()) {
          connection.write(bytes);
        }
        idleSeconds = 0;
      } catch (TimeoutException e) {
        idleSeconds = ended ? idleSeconds + 1 : 0;
      }
    }
  }
}
