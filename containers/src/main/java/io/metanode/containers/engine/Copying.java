package io.metanode.containers.engine;

import io.metanode.containers.files.ArchiveInput;
import io.metanode.containers.files.ArchiveOutput;
import io.metanode.containers.files.ArchiveTarget;
import io.metanode.containers.files.ContainerPath;
import io.metanode.containers.files.FileView;
import io.metanode.containers.files.OpenFile;
import io.metanode.containers.files.PathStatus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.image.layer.InflatedStream;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.sys.SyscallException;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code docker cp}: files of containers, running or not, go out and come in as tar archives. What
 * went is named in the receipt by its length and SHA-256.
 */
public final class Copying {

  private static final System.Logger LOG = System.getLogger(Copying.class.getName());

  /** What a client may send is bounded by the disk; only what it inflates to is watched. */
  private static final UnpackLimits LIMITS =
      new UnpackLimits(Long.MAX_VALUE, 1000, 1L << 30, Long.MAX_VALUE, 4096, 0);

  private final Operations operations;
  private final ContainerEvents events;
  private final ContainerStore store;
  private final Snapshots snapshots;
  private final ContainerFiles files;
  private final ImageMounts imageMounts;

  Copying(
      Operations operations,
      ContainerEvents events,
      ContainerStore store,
      Snapshots snapshots,
      ContainerFiles files,
      ImageMounts imageMounts) {
    this.imageMounts = imageMounts;
    this.operations = operations;
    this.events = events;
    this.store = store;
    this.snapshots = snapshots;
    this.files = files;
  }

  /** Takes what is copied out, once it is known that there is something. */
  @FunctionalInterface
  public interface Sink {
    OutputStream open(PathStatus status) throws IOException;
  }

  /** What to do with what is copied in; see {@link ArchiveTarget}. */
  public record Manner(boolean keepsTypes, boolean asUser) {}

  @FunctionalInterface
  private interface Use<T> {
    T on(FileView view, Snapshot.Held held) throws ApiException, IOException;
  }

  /** What there is at a path. */
  public PathStatus status(Container container, ContainerPath path)
      throws ApiException, IOException {
    return viewed(container, (view, _) -> view.status(path));
  }

  /**
   * Writes a file or directory as an archive; the sink is closed once the receipt is durable.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  public void out(Actor actor, Container container, ContainerPath path, Sink sink)
      throws ApiException, IOException {
    Ticket ticket = begin(actor, container, "container.copy-out", path, new Manner(false, false));
    Tally tally = new Tally();
    OutputStream target;
    try {
      target = viewed(container, (view, _) -> archived(view, path, sink, tally));
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(tally.failure(e)));
      throw e;
    }
    Operations.awaitDurable(ticket.done(done(container, path, tally.count(), tally.digest())));
    events.publish(container, "archive-path");
    target.close();
  }

  private static OutputStream archived(FileView view, ContainerPath path, Sink sink, Tally tally)
      throws IOException {
    PathStatus status = view.status(path);
    try (OpenFile file = view.open(path.text(), false)) {
      OutputStream target = sink.open(status);
      ArchiveOutput.write(view, file, path.base(), tally.into(target));
      return target;
    }
  }

  /**
   * Unpacks an archive, compressed or not, into a directory.
   *
   * @throws ApiException 400 if the path is no directory or may not be written
   */
  public void in(
      Actor actor, Container container, ContainerPath path, Manner manner, InputStream archive)
      throws ApiException, IOException {
    Ticket ticket = begin(actor, container, "container.copy-in", path, manner);
    Done<Container> done;
    try {
      done =
          viewed(
              container,
              (view, held) -> {
                Optional<UserIds> owner = owner(container, manner, held);
                try (OpenFile directory = directory(container, view, path);
                    InflatedStream inflated = new InflatedStream(archive, LIMITS)) {
                  ArchiveInput.read(
                      inflated, new ArchiveTarget(view, directory, manner.keepsTypes(), owner));
                  Digest digest = inflated.finish();
                  return done(container, path, inflated.count(), digest);
                }
              });
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    Operations.awaitDurable(ticket.done(done));
    events.publish(container, "extract-to-dir");
  }

  private Optional<UserIds> owner(Container container, Manner manner, Snapshot.Held held)
      throws ApiException, IOException {
    if (!manner.asUser() || container.definition().config().user().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(files.user(container, held.root()));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static OpenFile directory(Container container, FileView view, ContainerPath path)
      throws ApiException, IOException {
    OpenFile directory = view.open(path.text(), true);
    String refusal = "";
    if (!directory.isDirectory()) {
      refusal = "extraction point is not a directory";
    } else if (!directory.writable()) {
      boolean inRoot =
          container.definition().mounts().stream()
              .noneMatch(mount -> Path.of(directory.placeText()).startsWith(mount.destination()));
      refusal =
          inRoot ? "container rootfs is marked read-only" : "mounted volume is marked read-only";
    }
    if (!refusal.isEmpty()) {
      directory.close();
      throw ApiException.badRequest(refusal);
    }
    return directory;
  }

  private Ticket begin(
      Actor actor, Container container, String name, ContainerPath path, Manner manner)
      throws ApiException {
    Operation operation =
        Steps.of(
            actor,
            name,
            container,
            Map.of("path", path.text()),
            Steps.arguments()
                .put("path", path.text())
                .put("keepsTypes", manner.keepsTypes())
                .put("asUser", manner.asUser()));
    return operations.begin(operation, Steps.subjects(container));
  }

  private static Done<Container> done(
      Container container, ContainerPath path, long bytes, Digest digest) {
    List<Subject> subjects = new ArrayList<>(Steps.subjects(container));
    subjects.add(new Subject("archive" + path.text() + "?bytes=" + bytes, digest));
    return new Done<>(container, subjects, new Outcome.Done(), Usage.ONE_RECEIPT);
  }

  /** As in Docker, what its first start would make is there for who copies before it. */
  private static void makeWorkingDirectory(Container container, FileView view) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path name : Path.of("/" + container.definition().config().workingDirectory())) {
      names.add(name.toString());
    }
    try {
      view.madeDirectory("", names).close();
    } catch (SyscallException e) {
      LOG.log(Level.DEBUG, "no working directory: {0}", e.getMessage());
    }
  }

  private <T> T viewed(Container container, Use<T> use) throws ApiException, IOException {
    switch (container.state().status()) {
      case REMOVING, DEAD -> throw ApiException.notFound("No such container: " + container.id());
      case CREATED, RUNNING, PAUSED, RESTARTING, EXITED -> {}
    }
    Snapshot snapshot =
        snapshots
            .open(container.id())
            .orElseThrow(() -> ApiException.notFound("No such container: " + container.id()));
    try (Snapshot.Held held = snapshot.hold();
        ImageMounts.Held _ = imageMounts.hold(container);
        FileView view = files.open(container, held.root(), store.directory(container.id()))) {
      if (container.state().status() == Status.CREATED) {
        makeWorkingDirectory(container, view);
      }
      return use.on(view, held);
    }
  }
}
