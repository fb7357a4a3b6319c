package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Digest;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients of one run share: the node, what they were told, and what must hold. */
final class CrashLoad {

  private final EngineApi api;
  private final List<String> longRunners;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final Map<String, Integer> ended = new ConcurrentHashMap<>();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger kills = new AtomicInteger();
  private volatile boolean over;

  CrashLoad(EngineApi api, List<String> longRunners) {
    this.api = api;
    this.longRunners = List.copyOf(longRunners);
  }

  EngineApi api() {
    return api;
  }

  /** Containers that nobody stops. */
  List<String> longRunners() {
    return longRunners;
  }

  boolean over() {
    return over;
  }

  void end() {
    over = true;
  }

  /** How many times the node was killed so far; counted before the blow. */
  int kills() {
    return kills.get();
  }

  void aboutToKill() {
    kills.incrementAndGet();
  }

  void awaitNode() throws Exception {
    Eventually.holds("the node answers", api::answers);
  }

  void acknowledged(String container, String operation) {
    acknowledgements.add(container, operation);
  }

  int acknowledged() {
    return acknowledgements.count();
  }

  /** What was acknowledged and has no receipt. */
  Map<String, String> missing(LogReader log) throws IOException {
    return acknowledgements.missing(log);
  }

  void ended(String container, int exitCode) {
    ended.put(container, exitCode);
  }

  void removed(String container) {
    removed.add(container);
  }

  /** What is gone stays gone. */
  void assertNothingCameBack() throws IOException {
    Set<String> back = new HashSet<>(removed);
    back.retainAll(api.ids());
    assertEquals(Set.of(), back);
  }

  /** Every acknowledgement has its receipt, and every end exactly one that tells how it ended. */
  void assertReceipted(LogReader log) throws IOException {
    acknowledgements.assertReceipted(log);
    assertEndsOfExecs(log);
    Map<String, Integer> exits = new TreeMap<>();
    ended.keySet().forEach(container -> exits.put(container, 0));
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.outcome() instanceof Outcome.Exited exited
          && !step.operation().startsWith("container.exec")) {
        String container = step.subjects().getFirst().name().substring("container/".length());
        if (ended.containsKey(container)) {
          assertEquals(ended.get(container), exited.exitCode(), container);
          // What an engine found when it came back, container.recover, tells of an end once more.
          if (step.operation().equals("container.exit")) {
            exits.merge(container, 1, Integer::sum);
          }
        }
      }
    }
    exits.values().removeIf(count -> count == 1);
    assertEquals(Map.of(), exits, "containers that do not have one receipt of their end");
  }

  /** The arguments of an exec's end are its id. */
  private static void assertEndsOfExecs(LogReader log) throws IOException {
    Set<Digest> ended = new HashSet<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.operation().equals("container.exec-exit")) {
        assertTrue(ended.add(step.arguments()), "an exec ended twice: " + step);
      }
    }
  }
}
