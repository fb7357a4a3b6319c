package io.metanode.containers.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The layers of one image, several going out at once, while this thread tells how it goes. */
final class LayersPush implements AutoCloseable {

  private static final int TELL_MILLIS = 100;

  /** Sends one. */
  @FunctionalInterface
  interface Work {
    void send(LayerPush layer) throws IOException;
  }

  private final List<LayerPush> layers;
  private final Work work;
  private final Semaphore slots;
  private final TransferProgress progress;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LayersPush(List<LayerPush> layers, Work work, int parallel, TransferProgress progress) {
    this.layers = layers;
    this.work = work;
    this.slots = new Semaphore(parallel, true);
    this.progress = progress;
  }

  void run() throws IOException {
    tell();
    List<Future<?>> sent = new ArrayList<>();
    for (LayerPush layer : layers) {
      layer.waiting();
      sent.add(threads.submit(() -> send(layer)));
    }
    for (Future<?> one : sent) {
      await(one);
    }
    tell();
  }

  /** A value, so that it may throw. */
  private boolean send(LayerPush layer) throws IOException, InterruptedException {
    slots.acquire();
    try {
      work.send(layer);
      return true;
    } finally {
      slots.release();
    }
  }

  private void await(Future<?> one) throws IOException {
    try {
      while (true) {
        try {
          one.get(TELL_MILLIS, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          tell();
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("pushing failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during a push", e);
    }
  }

  private void tell() throws IOException {
    for (LayerPush layer : layers) {
      layer.tell(progress);
    }
  }

  /** What is still on its way is ended. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
