package io.metanode.containers.volume;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.overlay.DiskBlocks;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The volumes; every change is under policy, receipted, and told to the event stream. */
public final class Volumes {

  public static final String DRIVER = "local";

  private final LocalVolumes local;
  private final VolumeUsers users;
  private final Operations operations;
  private final EventBus events;
  private final Syscalls syscalls;
  private final Clock clock;
  private final Randomness randomness;

  public Volumes(
      LocalVolumes local,
      VolumeUsers users,
      Operations operations,
      EventBus events,
      Syscalls syscalls,
      Clock clock,
      Randomness randomness) {
    this.local = local;
    this.users = users;
    this.operations = operations;
    this.events = events;
    this.syscalls = syscalls;
    this.clock = clock;
    this.randomness = randomness;
  }

  public List<Volume> all() {
    return local.all();
  }

  public Optional<Volume> find(String name) {
    return local.find(name);
  }

  /**
   * @throws ApiException 404 if there is none of this name
   */
  public Volume require(String name) throws ApiException {
    return find(name).orElseThrow(() -> ApiException.notFound("get " + name + ": no such volume"));
  }

  /**
   * A volume whose files are there.
   *
   * @throws ApiException 404 if there is none of this name
   * @throws IOException in Docker's words if what it mounts cannot be mounted
   */
  public Volume ready(String name) throws ApiException, IOException {
    Volume volume = require(name);
    local.ready(volume);
    return volume;
  }

  /** The ids of the containers that use a volume. */
  public List<String> users(Volume volume) {
    return users.of(volume.name());
  }

  /** Bytes a volume holds on disk; -1 where its files lie elsewhere. */
  public long bytes(Volume volume) throws IOException {
    return !volume.options().isEmpty() ? -1 : DiskBlocks.bytes(volume.data(), syscalls);
  }

  /**
   * Makes a volume, or returns the one of this name.
   *
   * @param name its name; empty to have one made up
   * @param driver {@code local}, or empty for it
   * @param options of the driver
   */
  public Volume create(
      Actor actor,
      String name,
      String driver,
      Map<String, String> options,
      Map<String, String> labels)
      throws ApiException, IOException {
    Map<String, String> allLabels = new TreeMap<>(labels);
    String chosen = name;
    if (name.isEmpty()) {
      chosen = VolumeName.anonymous(randomness);
      allLabels.put(Volume.ANONYMOUS, "");
    }
    requireLocal(chosen, driver, options);
    VolumeName.require(chosen);
    Optional<Volume> present = find(chosen);
    String volumeName = chosen;
    Volume volume =
        operations.perform(
            operation(
                actor,
                "volume.create",
                Map.of("volume", volumeName),
                volumeName + "\n" + allLabels + described(options)),
            List.of(),
            () -> {
              Volume made =
                  present.isPresent()
                      ? present.get()
                      : local.create(volumeName, allLabels, options);
              return Done.of(made, subject(made));
            });
    if (present.isEmpty()) {
      publish("create", volumeName, Map.of("driver", DRIVER));
    }
    return volume;
  }

  /** As {@link #create}, for a container to mount: one that exists is no operation of its own. */
  public Volume forMount(
      Actor actor,
      String name,
      String driver,
      Map<String, String> options,
      Map<String, String> labels)
      throws ApiException, IOException {
    requireLocal(name, driver, options);
    Optional<Volume> present = name.isEmpty() ? Optional.empty() : find(name);
    return present.isPresent() ? present.get() : create(actor, name, driver, options, labels);
  }

  private static String described(Map<String, String> options) {
    return options.isEmpty() ? "" : "\n" + new TreeMap<>(options);
  }

  private static void requireLocal(String name, String driver, Map<String, String> options)
      throws ApiException {
    if (!driver.isEmpty() && !driver.equals(DRIVER)) {
      throw ApiException.notFound(
          "create "
              + name
              + ": error looking up volume plugin "
              + driver
              + ": plugin \""
              + driver
              + "\" not found");
    }
    VolumeMount.check(name, options);
  }

  /**
   * Removes a volume nothing uses.
   *
   * @param force succeed although there is none
   */
  public void remove(Actor actor, String name, boolean force) throws ApiException, IOException {
    Optional<Volume> found = find(name);
    if (found.isEmpty() && force) {
      return;
    }
    Volume volume = require(name);
    operations.perform(
        operation(actor, "volume.remove", Map.of("volume", name), name + "\nforce=" + force),
        List.of(subject(volume)),
        () -> {
          requireUnused(volume);
          local.remove(volume);
          return Done.of(name, subject(volume));
        });
    publish("destroy", name, Map.of("driver", DRIVER));
  }

  private void requireUnused(Volume volume) throws ApiException {
    List<String> containers = users(volume);
    if (!containers.isEmpty()) {
      throw ApiException.conflict(
          "remove "
              + volume.name()
              + ": volume is in use - ["
              + String.join(", ", containers)
              + "]");
    }
  }

  /** Volumes removed, and the bytes they held. */
  public record Pruned(List<String> names, long bytes) {

    public Pruned {
      names = List.copyOf(names);
    }
  }

  /** Removes the volumes among {@code candidates} that nothing uses. */
  public Pruned prune(Actor actor, List<Volume> candidates, String arguments)
      throws ApiException, IOException {
    Pruned pruned =
        operations.perform(
            operation(actor, "volume.prune", Map.of(), arguments),
            List.of(),
            () -> pruned(candidates));
    pruned.names().forEach(name -> publish("destroy", name, Map.of("driver", DRIVER)));
    publish("prune", "", Map.of("reclaimed", Long.toString(pruned.bytes())));
    return pruned;
  }

  private Done<Pruned> pruned(List<Volume> candidates) throws IOException {
    List<String> names = new ArrayList<>();
    List<Subject> subjects = new ArrayList<>();
    long bytes = 0;
    for (Volume volume : candidates) {
      if (users(volume).isEmpty() && find(volume.name()).isPresent()) {
        bytes += Math.max(0, bytes(volume));
        local.remove(volume);
        names.add(volume.name());
        subjects.add(subject(volume));
      }
    }
    return Done.of(new Pruned(names, bytes), subjects.toArray(Subject[]::new));
  }

  /**
   * Fills a volume, or a directory of one, that is still empty with what an image has where the
   * volume will be mounted, as the first container does that uses it.
   *
   * @param root the container's root file system
   * @param destination the absolute path in it; links are resolved inside the root
   */
  public void fill(Path directory, Path root, String destination) throws IOException {
    new VolumeFill(syscalls).fill(directory, root, destination);
  }

  private static Operation operation(
      Actor actor, String name, Map<String, String> attributes, String arguments) {
    return Operation.of(actor, name, attributes, arguments.getBytes(StandardCharsets.UTF_8));
  }

  private static Subject subject(Volume volume) {
    return new Subject("volume/" + volume.name(), volume.record());
  }

  private void publish(String action, String name, Map<String, String> attributes) {
    events.publish(new Event("volume", action, name, new HashMap<>(attributes), clock.now()));
  }
}
