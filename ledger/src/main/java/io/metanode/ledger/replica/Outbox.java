package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The effects of the event being handled, and the timers that are running. */
final class Outbox {

  private final Map<Timer.Kind, Timer> running = new EnumMap<>(Timer.Kind.class);
  private List<ReplicaEffect> effects = new ArrayList<>();
  private long timers;

  void add(ReplicaEffect effect) {
    effects.add(effect);
  }

  void send(ValidatorId to, PeerMessage message) {
    effects.add(new ReplicaEffect.Send(to, message));
  }

  void broadcast(PeerMessage message) {
    effects.add(new ReplicaEffect.Broadcast(message));
  }

  void misbehaved(ValidatorId peer, String reason) {
    effects.add(new ReplicaEffect.Misbehaved(peer, reason));
  }

  void start(Timer.Kind kind, long delayMillis) {
    Timer timer = new Timer(kind, ++timers);
    running.put(kind, timer);
    effects.add(new ReplicaEffect.StartTimer(timer, delayMillis));
  }

  void stop(Timer.Kind kind) {
    running.remove(kind);
  }

  boolean isRunning(Timer.Kind kind) {
    return running.containsKey(kind);
  }

  /** Whether the timer that expired is the one that runs; then it no longer does. */
  boolean expired(Timer timer) {
    return running.remove(timer.kind(), timer);
  }

  /** All effects since the last call. */
  List<ReplicaEffect> take() {
    List<ReplicaEffect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
