package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in memory, of which a crash keeps what was synced and as much more as a test says. */
public final class TornDisk implements Disk {

  private final Map<String, byte[]> durable = new TreeMap<>();
  private final Map<String, ByteArrayOutputStream> pending = new TreeMap<>();
  private long room = Long.MAX_VALUE;
  private boolean keeps;

  /** The disk as it is, with {@code kept} of the bytes not yet synced to {@code name}. */
  public TornDisk crashed(String name, int kept) {
    TornDisk disk = new TornDisk();
    disk.durable.putAll(durable);
    byte[] lost = pending.getOrDefault(name, new ByteArrayOutputStream()).toByteArray();
    disk.add(name, Arrays.copyOf(lost, kept));
    return disk;
  }

  public TornDisk copy() {
    TornDisk disk = new TornDisk();
    durable.forEach((name, bytes) -> disk.durable.put(name, bytes.clone()));
    return disk;
  }

  /** From now on only so many bytes can be appended. */
  public void leaveRoom(long bytes) {
    room = bytes;
  }

  /** Whether files can be removed. */
  public void failDeletes(boolean fail) {
    keeps = fail;
  }

  public void flip(String name, long offset) {
    bytes(name)[Math.toIntExact(offset)] ^= 4;
  }

  /** The file as it is; changing it is changing the disk. */
  public byte[] bytes(String name) {
    return durable.getOrDefault(name, new byte[0]);
  }

  public void add(String name, byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(bytes(name));
    all.writeBytes(more);
    durable.put(name, all.toByteArray());
  }

  @Override
  public List<String> list() {
    return List.copyOf(durable.keySet());
  }

  @Override
  public long length(String name) {
    return bytes(name).length;
  }

  @Override
  public Bytes read(String name, long offset, int length) {
    byte[] bytes = bytes(name);
    int from = (int) Math.min(offset, bytes.length);
    return Bytes.of(Arrays.copyOfRange(bytes, from, Math.min(from + length, bytes.length)));
  }

  @Override
  public Appender appender(String name) {
    durable.putIfAbsent(name, new byte[0]);
    return new Appender() {
      @Override
      public void append(Bytes bytes) throws IOException {
        byte[] all = bytes.toArray();
        int fits = (int) Math.min(all.length, room);
        room -= fits;
        pending
            .computeIfAbsent(name, _ -> new ByteArrayOutputStream())
            .writeBytes(Arrays.copyOf(all, fits));
        if (fits < all.length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void sync() {
        ByteArrayOutputStream unsynced = pending.remove(name);
        if (unsynced != null) {
          add(name, unsynced.toByteArray());
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void truncate(String name, long length) {
    durable.put(name, Arrays.copyOf(bytes(name), Math.toIntExact(length)));
  }

  @Override
  public void delete(String name) throws IOException {
    if (keeps) {
      throw new IOException("power failed before the file went");
    }
    durable.remove(name);
  }
}
