package io.metanode.containers.network;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The node's address translation and filter rules. Changes are made in the order they are asked
 * for; those that wait while another runs go to the kernel together. Nothing is loaded before
 * {@link #rebuild}, so that the rules of a former process serve until this one knows all ports.
 */
final class Firewall {

  private static final Logger LOG = System.getLogger(Firewall.class.getName());

  private final NftScript script;
  private final RuleLoader loader;
  private final Set<NftScript.Segment> segments = new LinkedHashSet<>();
  private final Set<PublishedPort> ports = new LinkedHashSet<>();
  private List<Pending> queue = new ArrayList<>();
  private boolean running;
  private boolean live;
  private boolean loaded6;
  private Optional<String> failure = Optional.empty();

  private record Pending(String script, CompletableFuture<Void> loaded) {}

  Firewall(String table, RuleLoader loader) {
    this.script = new NftScript(table);
    this.loader = loader;
  }

  /** Replaces what the kernel has of us by what is wanted now. */
  void rebuild() throws IOException {
    CompletableFuture<Void> loaded;
    synchronized (this) {
      live = true;
      boolean six = segments.stream().anyMatch(segment -> segment.subnet6().isPresent());
      String gone = loaded6 && !six ? script.remove6() : "";
      loaded6 = six;
      loaded = enqueue(gone + script.all(segments, ports));
    }
    await(loaded);
  }

  /** Why the rules are not in force; empty if they are. */
  synchronized Optional<String> failure() {
    return failure;
  }

  synchronized boolean live() {
    return live;
  }

  /** Adds a bridge; in force after the next {@link #rebuild}. */
  synchronized void add(NftScript.Segment segment) {
    segments.add(segment);
  }

  /** Takes a bridge away; in force after the next {@link #rebuild}. */
  synchronized void remove(NftScript.Segment segment) {
    segments.remove(segment);
  }

  /** Publishes ports; they are in force when this returns. */
  void publish(Collection<PublishedPort> more) throws IOException {
    if (more.isEmpty()) {
      return;
    }
    CompletableFuture<Void> loaded;
    synchronized (this) {
      ports.addAll(more);
      loaded = live ? enqueue(script.add(more)) : CompletableFuture.completedFuture(null);
    }
    await(loaded);
  }

  /** Takes ports back, in the background but before anything asked for later. */
  void unpublish(Collection<PublishedPort> gone) {
    if (gone.isEmpty()) {
      return;
    }
    synchronized (this) {
      ports.removeAll(gone);
      if (live) {
        var _ = enqueue(script.delete(gone));
      }
    }
  }

  /** Removes the table. */
  void clear() throws IOException {
    CompletableFuture<Void> loaded;
    synchronized (this) {
      live = false;
      loaded = enqueue(script.remove() + (loaded6 ? script.remove6() : ""));
      loaded6 = false;
    }
    await(loaded);
  }

  private synchronized CompletableFuture<Void> enqueue(String text) {
    CompletableFuture<Void> loaded = new CompletableFuture<>();
    queue.add(new Pending(text, loaded));
    if (!running) {
      running = true;
      Thread.ofVirtual().name("metanode-firewall").start(this::drain);
    }
    return loaded;
  }

  private synchronized List<Pending> nextBatch() {
    List<Pending> batch = queue;
    queue = new ArrayList<>();
    running = !batch.isEmpty();
    return batch;
  }

  private void drain() {
    for (List<Pending> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      if (batch.size() == 1 || !loadTogether(batch)) {
        batch.forEach(this::loadAlone);
      }
    }
  }

  private boolean loadTogether(List<Pending> batch) {
    StringBuilder text = new StringBuilder();
    batch.forEach(pending -> text.append(pending.script));
    try {
      loader.load(text.toString());
      succeeded();
      batch.forEach(pending -> pending.loaded.complete(null));
      return true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "one of several firewall changes was refused: {0}", e.getMessage());
      return false;
    }
  }

  private void loadAlone(Pending pending) {
    try {
      loader.load(pending.script);
      succeeded();
      pending.loaded.complete(null);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "firewall change refused: {0}", e.getMessage());
      failed(String.valueOf(e.getMessage()));
      pending.loaded.completeExceptionally(e);
    }
  }

  private synchronized void succeeded() {
    failure = Optional.empty();
  }

  private synchronized void failed(String message) {
    failure = Optional.of(message);
  }

  private static void await(CompletableFuture<Void> loaded) throws IOException {
    try {
      loaded.join();
    } catch (CompletionException e) {
      throw new IOException("the firewall rules were refused: " + e.getCause(), e.getCause());
    }
  }
}
