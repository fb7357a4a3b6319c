package io.metanode.containers.build;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.ContainerWait;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.layer.LayerDraft;
import io.metanode.containers.runtime.ProcessStreams;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.node.ObjectNode;

/** Runs the command of a {@code RUN} in a container of the engine. */
final class RunContainer {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int HEADER_BYTES = 8;
  private static final int STDERR = 2;

  private final Engine engine;
  private final Actor actor;
  private final BuildRequest request;
  private final String buildId;
  private final BuildOutput output;

  RunContainer(
      Engine engine, Actor actor, BuildRequest request, String buildId, BuildOutput output) {
    this.engine = engine;
    this.actor = actor;
    this.request = request;
    this.buildId = buildId;
    this.output = output;
  }

  /**
   * Runs it, and moves what it changed to a layer.
   *
   * @param environment beside the image's
   * @param mounts what the step sees besides
   * @return the container's file system, where the container is kept and its changes with it
   * @throws BuildException if the command ends with another code than 0
   */
  Optional<Snapshot> run(
      Digest image,
      RunStep step,
      List<String> environment,
      StepMounts mounts,
      LayerDraft draft,
      Scratch scratch)
      throws ApiException, IOException {
    ObjectNode body = body(image, step, environment, mounts, scratch);
    Container container =
        engine.containers().resolve(engine.create(actor, Optional.empty(), body).id());
    boolean removes = request.forceRemove();
    Optional<Snapshot> kept = Optional.empty();
    try {
      output.running(container.shortId());
      int exitCode = exitCode(container);
      if (exitCode != 0) {
        throw new BuildException(String.join(" ", step.command()), exitCode);
      }
      engine.awaitTeardown(container);
      removes = request.remove() || request.forceRemove();
      Snapshot snapshot = engine.snapshot(container);
      if (removes) {
        snapshot.takeChanges(draft.files());
        mounts.removeMountPoints(draft.files());
      } else {
        kept = Optional.of(snapshot);
      }
    } catch (IOException | RuntimeException e) {
      removes = true; // nobody is told of the container
      throw e;
    } finally {
      if (removes || output.isAbandoned()) {
        engine.remove(actor, container, true, true);
      }
    }
    if (removes) {
      output.removed(container.shortId());
    }
    return kept;
  }

  private ObjectNode body(
      Digest image, RunStep step, List<String> environment, StepMounts mounts, Scratch scratch)
      throws IOException {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("Image", image.toString());
    step.command().forEach(body.withArray("Cmd")::add);
    body.putArray("Entrypoint");
    environment.forEach(body.withArray("Env")::add);
    body.putObject("Healthcheck").putArray("Test").add("NONE");
    body.putObject("Labels").put(Definition.BUILD_LABEL, buildId);
    ObjectNode host = request.hostConfig().deepCopy();
    step.network().ifPresent(network -> host.put("NetworkMode", network));
    if (step.script().isPresent()) {
      Path script = scratch.next();
      Files.writeString(script, step.script().get());
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      host.withArray("Binds").add(script + ":" + RunStep.SCRIPT + ":ro");
    }
    mounts.addTo(host);
    body.set("HostConfig", host);
    return body;
  }

  private int exitCode(Container container) throws ApiException, IOException {
    CompletableFuture<ProcessStreams> watched = engine.watch(container);
    try (ContainerWait wait = engine.await(container, false)) {
      engine.start(actor, container);
      Thread reader = Thread.ofVirtual().name("build-output").start(() -> read(watched));
      Optional<ContainerWait.End> end = wait.await(POLL);
      while (end.isEmpty()) {
        if (output.isAbandoned()) {
          throw Builds.abandoned();
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("the engine closes");
        }
        end = wait.await(POLL);
      }
      reader.join();
      return end.get().exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    }
  }

  private void read(CompletableFuture<ProcessStreams> watched) {
    try (ProcessStreams streams = watched.join();
        InputStream frames = streams.output()) {
      Utf8Text out = new Utf8Text();
      Utf8Text err = new Utf8Text();
      byte[] header = frames.readNBytes(HEADER_BYTES);
      while (header.length == HEADER_BYTES) {
        byte[] content = frames.readNBytes(ByteBuffer.wrap(header).getInt(4));
        boolean isError = header[0] == STDERR;
        tell(isError, (isError ? err : out).next(content));
        header = frames.readNBytes(HEADER_BYTES);
      }
      tell(false, out.rest());
      tell(true, err.rest());
    } catch (IOException | CompletionException | CancellationException e) {
      // The client is gone, or the container was not started: both show elsewhere.
    }
  }

  private void tell(boolean isError, String text) throws IOException {
    if (text.isEmpty()) {
      return;
    }
    if (isError) {
      output.error(text);
    } else {
      output.print(text);
    }
  }
}
