package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a run or a container held. Addresses and ports are free before the client hears
 * of the end; unmounting, removal of groups and of files come after.
 */
final class Teardown {

  private static final System.Logger LOG = System.getLogger(Teardown.class.getName());

  private final Snapshots snapshots;
  private final Cgroups cgroups;
  private final MountSources mountSources;
  private final ContainerStore store;
  private final Executor background;
  private final Consumer<Container> forget;

  /**
   * @param forget told of each container removed
   */
  Teardown(EngineParts parts, ContainerStore store, Consumer<Container> forget) {
    this.forget = forget;
    snapshots = parts.snapshots();
    cgroups = parts.cgroups();
    mountSources = parts.mountSources();
    this.store = store;
    background = parts.background();
  }

  /** Gives back what a run held but the mount, at once: another run follows. */
  void run(Container container, ActiveRun run) {
    attempt("release the process of " + container.shortId(), run.process()::release);
    attempt("release the network of " + container.shortId(), run.lease()::release);
    attempt("remove the groups of " + container.shortId(), () -> cgroups.remove(container.id()));
  }

  /** Gives back what an ended run held, in the background. With the container's lock held. */
  void later(Container container, ActiveRun run) {
    run.lease().release();
    follow(
        container,
        () -> {
          attempt("release the process of " + container.shortId(), run.process()::release);
          attempt(
              "remove the groups of " + container.shortId(), () -> cgroups.remove(container.id()));
          unmount(container);
        });
  }

  /** Unmounts a container that could not be started, in the background. With its lock held. */
  void unmountLater(Container container) {
    follow(container, () -> unmount(container));
  }

  private void unmount(Container container) {
    attempt(
        "unmount " + container.shortId(),
        () -> {
          var snapshot = snapshots.open(container.id());
          if (snapshot.isPresent()) {
            snapshot.get().unmount();
          }
        });
  }

  /**
   * Removes what is left of a container that is not visible any more, in the background.
   *
   * @param run its last run, if that was not torn down yet
   */
  void removeLater(Container container, @Nullable ActiveRun run, boolean volumes) {
    if (run != null) {
      run.lease().release();
    }
    follow(
        container,
        () -> {
          if (run != null) {
            attempt("release the process of " + container.shortId(), run.process()::release);
          }
          remove(container, volumes);
        });
  }

  /** Removes what is left of a container. */
  void remove(Container container, boolean volumes) {
    forget.accept(container);
    attempt("remove the groups of " + container.shortId(), () -> cgroups.remove(container.id()));
    attempt(
        "remove the file system of " + container.shortId(),
        () -> {
          var snapshot = snapshots.open(container.id());
          if (snapshot.isPresent()) {
            Snapshot found = snapshot.get();
            found.remove();
          }
        });
    if (volumes) {
      attempt(
          "remove the volumes of " + container.shortId(),
          () -> mountSources.removeAnonymous(Steps.ENGINE, container.definition().mounts()));
    }
    attempt("remove the files of " + container.shortId(), () -> store.delete(container.id()));
  }

  private void follow(Container container, Runnable work) {
    CompletableFuture<Void> next = container.teardown().thenRunAsync(work, background);
    container.teardown(next);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void attempt(String what, Action action) {
    try {
      action.run();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot " + what, e);
    }
  }
}
