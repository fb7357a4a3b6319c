package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a run or a container held. Addresses and ports are free before the client hears
 * of the end; unmounting, removal of groups and of files come after. What fails is tried again,
 * after 1 s, then after twice as long as the time before, up to a minute.
 */
final class Teardown {

  private static final System.Logger LOG = System.getLogger(Teardown.class.getName());

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final Snapshots snapshots;
  private final Cgroups cgroups;
  private final MountSources mountSources;
  private final Bundles bundles;
  private final ContainerStore store;
  private final Executor background;
  private final Executor afterAnswers;
  private final Timers timers;
  private final Consumer<Container> forget;
  private final ImageMounts imageMounts;

  /**
   * @param forget told of each container removed
   */
  Teardown(EngineParts parts, ContainerStore store, Consumer<Container> forget) {
    this.forget = forget;
    snapshots = parts.snapshots();
    imageMounts = new ImageMounts(parts.images(), parts.snapshots(), parts.operations());
    cgroups = parts.cgroups();
    mountSources = parts.mountSources();
    bundles = parts.bundles();
    this.store = store;
    background = parts.background();
    afterAnswers = parts.afterAnswers();
    timers = parts.timers();
  }

  /** Gives back what a run held but the mount: another run follows. With the lock held. */
  void beforeRestart(Container container, ActiveRun run) {
    run.lease().release();
    follow(
        container,
        List.of(state(container), process(container, run), groups(container)),
        background);
  }

  /** Gives back what an ended run held, in the background. With the container's lock held. */
  void later(Container container, ActiveRun run) {
    run.lease().release();
    follow(
        container,
        List.of(state(container), process(container, run), groups(container), mount(container)),
        background);
  }

  /** Unmounts a container that could not be started, in the background. With its lock held. */
  void unmountLater(Container container) {
    follow(container, List.of(mount(container)), background);
  }

  /**
   * Removes what is left of a container that is not visible any more: its anonymous volumes at
   * once, since its client may look for them, all else in the background. With its lock held.
   *
   * @param run its last run, if that was not torn down yet
   */
  void removeLater(Container container, @Nullable ActiveRun run, boolean volumes) {
    forget.accept(container);
    List<Step> steps = new ArrayList<>();
    if (volumes && !removedVolumes(container)) {
      steps.add(
          new Step("remove the volumes of " + container.shortId(), () -> removeVolumes(container)));
    }
    if (run != null) {
      run.lease().release();
      steps.add(process(container, run));
    }
    steps.add(groups(container));
    steps.add(
        new Step(
            "remove the file system of " + container.shortId(),
            () -> {
              var snapshot = snapshots.open(container.id());
              if (snapshot.isPresent()) {
                Snapshot found = snapshot.get();
                found.remove();
              }
            }));
    steps.add(
        new Step(
            "remove the files of " + container.shortId(),
            () -> {
              bundles.release(store.directory(container.id()));
              imageMounts.remove(container.id(), container.definition().mounts());
              store.delete(container.id());
            }));
    follow(container, steps, afterAnswers);
  }

  private boolean removedVolumes(Container container) {
    try {
      removeVolumes(container);
      return true;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot remove the volumes of " + container.shortId() + " yet",
          e);
      return false;
    }
  }

  private void removeVolumes(Container container) throws IOException {
    mountSources.removeAnonymous(Steps.ENGINE, container.definition().mounts());
  }

  /** A run's record of its end goes only once the state says the same. */
  private static Step state(Container container) {
    return new Step("save the state of " + container.shortId(), container::save);
  }

  private static Step process(Container container, ActiveRun run) {
    return new Step("release the process of " + container.shortId(), run.process()::release);
  }

  private Step groups(Container container) {
    return new Step(
        "remove the groups of " + container.shortId(), () -> cgroups.remove(container.group()));
  }

  private Step mount(Container container) {
    return new Step(
        "unmount " + container.shortId(),
        () -> {
          var snapshot = snapshots.open(container.id());
          if (snapshot.isPresent()) {
            snapshot.get().unmount();
          }
          bundles.release(store.directory(container.id()));
          imageMounts.unmount(container);
        });
  }

  private interface Action {
    void run() throws IOException;
  }

  /** One thing to give back; it may be tried several times. */
  private record Step(String what, Action action) {}

  private void follow(Container container, List<Step> steps, Executor begins) {
    container.teardown(
        container
            .teardown()
            .thenComposeAsync(
                _ -> {
                  CompletableFuture<Void> done = new CompletableFuture<>();
                  proceed(steps, FIRST_DELAY, done);
                  return done;
                },
                begins));
  }

  /** Takes one step after the other; one that fails is tried again later. */
  private void proceed(List<Step> steps, Duration delay, CompletableFuture<Void> done) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      try {
        step.action().run();
      } catch (IOException | RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "cannot " + step.what() + "; trying again in " + delay.toSeconds() + " s",
            e);
        List<Step> rest = steps.subList(i, steps.size());
        Duration doubled = delay.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
        timers.after(delay, () -> background.execute(() -> proceed(rest, next, done)));
        return;
      }
    }
    done.complete(null);
  }
}
