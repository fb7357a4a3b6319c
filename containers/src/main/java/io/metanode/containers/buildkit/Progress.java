package io.metanode.containers.buildkit;

import com.google.protobuf.ByteString;
import io.metanode.containers.build.BuildOutput;
import io.metanode.containers.build.BuildStep;
import io.metanode.containers.buildkit.wire.StatusResponse;
import io.metanode.containers.buildkit.wire.Timestamp;
import io.metanode.containers.buildkit.wire.Vertex;
import io.metanode.containers.buildkit.wire.VertexLog;
import io.metanode.containers.buildkit.wire.VertexStatus;
import io.metanode.containers.buildkit.wire.VertexWarning;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.transfer.TransferProgress;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tells a build's output in BuildKit's words: a step that makes a layer is a vertex, the others are
 * silent. One vertex is open at a time.
 */
final class Progress implements BuildOutput {

  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final String ref;
  private final StatusSink statuses;
  private final Clock clock;
  private final BooleanSupplier abandoned;
  private final Map<String, Instant> begun = new HashMap<>();
  private Vertex open = Vertex.getDefaultInstance();
  private int vertexes;

  /**
   * @param ref names the build
   * @param abandoned whether nobody waits for it any more
   */
  Progress(String ref, StatusSink statuses, Clock clock, BooleanSupplier abandoned) {
    this.ref = ref;
    this.statuses = statuses;
    this.clock = clock;
    this.abandoned = abandoned;
  }

  @Override
  public void begin(BuildStep step) throws IOException {
    end(Optional.empty());
    if (step.place() > 0) {
      String stage = step.stage().isEmpty() ? "" : step.stage() + " ";
      int width = Integer.toString(step.places()).length();
      open(
          ("[%s%" + width + "d/%d] %s").formatted(stage, step.place(), step.places(), step.text()));
    }
  }

  /** Opens a vertex; the one before is complete. */
  synchronized void open(String name) throws IOException {
    complete("");
    String text = ref + " " + ++vertexes + " " + name;
    open =
        Vertex.newBuilder()
            .setDigest(Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toString())
            .setName(name)
            .setStarted(now())
            .build();
    send(open);
  }

  private boolean isOpen() {
    return !open.getDigest().isEmpty();
  }

  /**
   * Completes the open vertex, if there is one.
   *
   * @param error what it failed with; empty if it did not
   */
  synchronized void complete(String error) throws IOException {
    if (isOpen()) {
      send(open.toBuilder().setCompleted(now()).setError(error).build());
      open = Vertex.getDefaultInstance();
      begun.clear();
    }
  }

  private void send(Vertex vertex) throws IOException {
    statuses.put(StatusResponse.newBuilder().addVertexes(vertex).build());
  }

  @Override
  public synchronized void cached() {
    open = open.toBuilder().setCached(true).build();
  }

  @Override
  public void running(String container) {}

  @Override
  public void removed(String container) {}

  @Override
  public void end(Optional<Digest> image) throws IOException {
    complete("");
  }

  @Override
  public void triggers(int count) {}

  @Override
  public void print(String text) throws IOException {
    log(STDOUT, text);
  }

  @Override
  public void error(String text) throws IOException {
    log(STDERR, text);
  }

  private synchronized void log(int stream, String text) throws IOException {
    if (isOpen()) {
      VertexLog log =
          VertexLog.newBuilder()
              .setVertex(open.getDigest())
              .setTimestamp(now())
              .setStream(stream)
              .setMsg(ByteString.copyFromUtf8(text))
              .build();
      statuses.put(StatusResponse.newBuilder().addLogs(log).build());
    }
  }

  @Override
  public synchronized void warn(String text) throws IOException {
    VertexWarning warning =
        VertexWarning.newBuilder()
            .setVertex(open.getDigest())
            .setLevel(1)
            .setShort(ByteString.copyFromUtf8(text))
            .build();
    statuses.put(StatusResponse.newBuilder().addWarnings(warning).build());
  }

  @Override
  public void built(Digest image) {}

  @Override
  public void naming(Digest image, List<ImageReference> names) throws IOException {
    open("exporting to image");
    status("writing image " + image, 0, 0, true);
    for (ImageReference name : names) {
      status("naming to " + name, 0, 0, true);
    }
  }

  /** Something within the open vertex and how far it is. */
  synchronized void status(String id, long current, long total, boolean isDone) throws IOException {
    if (!isOpen()) {
      return;
    }
    Instant time = clock.now();
    VertexStatus.Builder status =
        VertexStatus.newBuilder()
            .setID(id)
            .setVertex(open.getDigest())
            .setCurrent(current)
            .setTotal(total)
            .setTimestamp(timestamp(time))
            .setStarted(timestamp(begun.computeIfAbsent(id, _ -> time)));
    if (isDone) {
      status.setCompleted(timestamp(time));
    }
    statuses.put(StatusResponse.newBuilder().addStatuses(status).build());
  }

  @Override
  public TransferProgress pulls() {
    return new Pulls();
  }

  @Override
  public boolean isAbandoned() {
    return abandoned.getAsBoolean();
  }

  private Timestamp now() {
    return timestamp(clock.now());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** Layers that are pulled, as parts of the vertex that needs them. */
  private final class Pulls implements TransferProgress {

    @Override
    public void status(String id, String status) throws IOException {
      boolean isDone = status.endsWith("complete") || status.startsWith("Already");
      Progress.this.status(id.isEmpty() ? status : id, 0, 0, isDone || id.isEmpty());
    }

    @Override
    public void progress(String id, String status, long current, long total) throws IOException {
      Progress.this.status(id, current, total, false);
    }

    @Override
    public void pushed(String tag, String digest, long size) {}
  }
}
