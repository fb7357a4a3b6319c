package io.metanode.containers.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands events to subscribers and remembers the last 256, as Docker does, for {@code since}.
 * Subscribers must not block.
 */
public final class EventBus {

  private static final int REMEMBERED = 256;

  private final Deque<Event> recent = new ArrayDeque<>();
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();

  public synchronized void publish(Event event) {
    if (recent.size() == REMEMBERED) {
      recent.removeFirst();
    }
    recent.addLast(event);
    subscribers.forEach(subscriber -> subscriber.accept(event));
  }

  /**
   * Subscribes from an instant on: the remembered events since then are delivered first, none twice
   * and none lost.
   *
   * @return closes the subscription
   */
  public synchronized Subscription subscribe(Instant since, Consumer<Event> subscriber) {
    new ArrayList<>(recent)
        .stream().filter(event -> !event.time().isBefore(since)).forEach(subscriber);
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  /** A subscription; closing it ends the delivery. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
