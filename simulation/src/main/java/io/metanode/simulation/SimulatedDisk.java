package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.store.Disk;
import io.metanode.testkit.Gen;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory. A crash keeps what was synced, and any beginning of what was not. */
final class SimulatedDisk implements Disk {

  /** A file: its bytes, and how many of them are durable. */
  private static final class Content {
    private byte[] bytes = new byte[0];
    private int durable;

    void append(byte[] more, int count) {
      int length = bytes.length;
      bytes = Arrays.copyOf(bytes, length + count);
      System.arraycopy(more, 0, bytes, length, count);
    }
  }

  private final Map<String, Content> files = new TreeMap<>();
  private final Doom doom;
  private final Gen gen;

  SimulatedDisk(Doom doom, Gen gen) {
    this.doom = doom;
    this.gen = gen;
  }

  /** Power failed; whether that left the beginning of a write. */
  boolean crash() {
    boolean torn = false;
    for (Content content : files.values()) {
      int kept = gen.intBetween(content.durable, content.bytes.length);
      torn |= content.bytes.length > content.durable;
      content.bytes = Arrays.copyOf(content.bytes, kept);
      content.durable = kept;
    }
    return torn;
  }

  private void operation() {
    if (doom.strikes()) {
      throw new SimulatedCrash();
    }
  }

  private Content content(String name) {
    Content content = files.get(name);
    if (content == null) {
      throw new IllegalStateException("no file " + name);
    }
    return content;
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public long length(String name) {
    return content(name).bytes.length;
  }

  @Override
  public Bytes read(String name, long offset, int length) {
    byte[] bytes = content(name).bytes;
    int from = (int) Math.min(offset, bytes.length);
    return Bytes.of(Arrays.copyOfRange(bytes, from, (int) Math.min(offset + length, bytes.length)));
  }

  @Override
  public Appender appender(String name) {
    operation();
    Content content = files.computeIfAbsent(name, _ -> new Content());
    return new Appender() {
      @Override
      public void append(Bytes bytes) {
        byte[] all = bytes.toArray();
        if (doom.strikes()) {
          content.append(all, gen.intBetween(0, all.length));
          throw new SimulatedCrash();
        }
        content.append(all, all.length);
      }

      @Override
      public void sync() {
        operation();
        content.durable = content.bytes.length;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void truncate(String name, long length) {
    operation();
    Content content = content(name);
    content.bytes = Arrays.copyOf(content.bytes, (int) length);
    content.durable = (int) length;
  }

  @Override
  public void delete(String name) {
    operation();
    files.remove(name);
  }
}
