package io.metanode.containers.transfer;

import io.metanode.containers.registry.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How one layer of a pull gets on; changed by the thread that unpacks, told by another. */
final class LayerPull {

  private static final int SHORT_ID = 12;

  private enum Stage {
    WAITING,
    UNPACKING,
    DONE
  }

  private final Descriptor descriptor;
  private final Download.@Nullable Share share;
  private volatile Stage stage = Stage.WAITING;
  private final AtomicLong unpacked = new AtomicLong();
  private Line told = new Line("", 0, 0);

  private record Line(String status, long current, long total) {}

  /**
   * @param share how it comes in; null if its archive is here
   */
  LayerPull(Descriptor descriptor, Download.@Nullable Share share) {
    this.descriptor = descriptor;
    this.share = share;
  }

  private String id() {
    return descriptor.digest().hex().substring(0, SHORT_ID);
  }

  /** How it comes in; null if its archive is here. */
  Download.@Nullable Share share() {
    return share;
  }

  /** Counts what is read of the archive. */
  InputStream unpacking(InputStream archive) {
    stage = Stage.UNPACKING;
    return new FilterInputStream(archive) {
      @Override
      public int read() throws IOException {
        int value = in.read();
        unpacked.addAndGet(value < 0 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = in.read(target, offset, length);
        unpacked.addAndGet(Math.max(n, 0));
        return n;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  void done() {
    stage = Stage.DONE;
  }

  /** Told once, before anything else. */
  void announce(TransferProgress progress, boolean here) throws IOException {
    told = new Line(here ? "Already exists" : "Pulling fs layer", 0, 0);
    progress.progress(id(), told.status(), 0, 0);
  }

  /** Tells what has changed since. */
  void tell(TransferProgress progress) throws IOException {
    if (told.status().equals("Already exists")) {
      return;
    }
    Line line = line();
    if (!line.equals(told)) {
      told = line;
      progress.progress(id(), line.status(), line.current(), line.total());
    }
  }

  private Line line() {
    Download.Share coming = share;
    return switch (stage) {
      case DONE -> new Line("Pull complete", 0, 0);
      case UNPACKING ->
          coming == null || coming.hasEnded()
              ? new Line("Extracting", unpacked.get(), descriptor.size())
              : downloading(coming);
      case WAITING ->
          coming == null || coming.hasEnded()
              ? new Line("Download complete", 0, 0)
              : coming.hasBegun() ? downloading(coming) : new Line("Waiting", 0, 0);
    };
  }

  private Line downloading(Download.Share coming) {
    Duration pause = coming.pause();
    long received = coming.received();
    if (received == descriptor.size()) {
      return new Line("Verifying Checksum", 0, 0);
    }
    return pause.isZero() || received > told.current()
        ? new Line("Downloading", received, descriptor.size())
        : new Line("Retrying in " + Math.max(1, pause.toSeconds()) + " seconds", 0, 0);
  }
}
