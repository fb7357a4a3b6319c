package io.metanode.containers.engine;

import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.network.EndpointRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One container in memory. Its state may be read at any time; it is changed, and the other parts
 * are touched, only by the holder of its lock. The lock is not held while waiting for a process or
 * for a receipt to become durable.
 */
public final class Container {

  private volatile Definition definition;
  private final ContainerStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Object saving = new Object();
  private final Meter meter;
  private final Waits waits = new Waits();
  private final List<PendingAttachment> attachments = new ArrayList<>();
  private final Map<String, Exec> execs = new ConcurrentHashMap<>();
  private volatile State state;
  private boolean unsaved;
  private volatile boolean restarting;
  private volatile @Nullable ActiveRun active;
  private CompletableFuture<Void> teardown = CompletableFuture.completedFuture(null);
  private Timers.@Nullable Cancellation restart;
  private volatile Optional<Health> health = Optional.empty();

  Container(Definition definition, State state, ContainerStore store) {
    this.definition = definition;
    this.state = state;
    this.store = store;
    meter = new Meter(state.meter());
  }

  public String id() {
    return definition.id();
  }

  /** The first 12 digits of the id. */
  public String shortId() {
    return definition.id().substring(0, 12);
  }

  /** Where its control groups are. */
  ContainerGroup group() {
    return definition.group();
  }

  public Definition definition() {
    return definition;
  }

  /** A client changed its limits. With the lock held. */
  void updated(Definition changed) {
    definition = changed;
  }

  /** The state now. */
  public State state() {
    return state;
  }

  /** What is known of its health in its latest run; empty where nothing probes it. */
  public Optional<Health> health() {
    return health;
  }

  void health(Optional<Health> known) {
    health = known;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Changes the state, on disk first. With the lock held. */
  void change(UnaryOperator<State> step) throws IOException {
    synchronized (saving) {
      State next = step.apply(state);
      if (unsaved || !next.equals(state)) {
        store.save(definition.id(), next);
      }
      unsaved = false;
      become(next);
    }
  }

  /** Nobody knows the health of what does not run. */
  private void become(State next) {
    if (state.status() == Status.RUNNING && next.status() != Status.RUNNING) {
      health = health.map(Health::unwatched);
    }
    state = next;
  }

  /**
   * Saves the state if the disk refused it before. Needs no lock: who starts the container holds
   * that while this is waited for.
   */
  void save() throws IOException {
    synchronized (saving) {
      if (unsaved) {
        store.save(definition.id(), state);
        unsaved = false;
      }
    }
  }

  /**
   * Changes the state in memory where the disk refuses; the change is what happened. {@link #save}
   * is then still to be done.
   */
  void changeRegardless(UnaryOperator<State> step) {
    synchronized (saving) {
      State next = step.apply(state);
      try {
        store.save(definition.id(), next);
        unsaved = false;
      } catch (IOException e) {
        unsaved = true;
        System.getLogger(Container.class.getName())
            .log(System.Logger.Level.ERROR, "cannot save the state of " + shortId(), e);
      }
      become(next);
    }
  }

  /** What others on its networks call it besides its aliases: name, short id, host name. */
  public List<String> networkNames() {
    Set<String> names = new LinkedHashSet<>(List.of(state.name()));
    names.add(shortId());
    names.add(definition.config().hostname());
    return List.copyOf(names);
  }

  /** The networks it is to be on, in the order of its links. */
  public List<EndpointRequest> networks() {
    return state
        .networks()
        .orElseGet(() -> WantedNetworks.of(definition, UnaryOperator.identity()));
  }

  Meter meter() {
    return meter;
  }

  Waits waits() {
    return waits;
  }

  /** Clients attached ahead of the next start. */
  List<PendingAttachment> attachments() {
    return attachments;
  }

  /** The processes clients asked to run in it, those that ended lately too. */
  public Collection<Exec> execs() {
    return execs.values();
  }

  Map<String, Exec> execsById() {
    return execs;
  }

  /** The run whose end has not been dealt with, if there is one. */
  @Nullable ActiveRun active() {
    return active;
  }

  void active(@Nullable ActiveRun run) {
    active = run;
  }

  /** Completes when what earlier runs held is given back. */
  CompletableFuture<Void> teardown() {
    return teardown;
  }

  void teardown(CompletableFuture<Void> ongoing) {
    teardown = ongoing;
  }

  /** Whether a client has it restarted: the end of its run then is not its own. */
  boolean restarting() {
    return restarting;
  }

  void restarting(boolean now) {
    restarting = now;
  }

  Timers.@Nullable Cancellation restart() {
    return restart;
  }

  void restart(Timers.@Nullable Cancellation pending) {
    restart = pending;
  }
}
