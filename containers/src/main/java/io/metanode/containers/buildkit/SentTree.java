package io.metanode.containers.buildkit;

import com.google.protobuf.ByteString;
import io.metanode.containers.buildkit.wire.Packet;
import io.metanode.containers.buildkit.wire.Packet.PacketType;
import io.metanode.containers.buildkit.wire.Stat;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.overlay.LayerWalk;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends what layers show to a client by fsutil's packets: a {@code STAT} for each file, numbered as
 * it goes, and an empty one; then what the client asks for by {@code REQ} and number, in {@code
 * DATA}, an empty one at the end of each; until its {@code FIN}, which is answered.
 */
final class SentTree {

  private static final int PART_BYTES = 64 << 10;
  private static final long TELL_BYTES = 1 << 20;
  private static final long NANOS = 1_000_000_000L;

  private final Sending<Packet> sending;
  private final Syscalls syscalls;
  private final Optional<Instant> time;
  private final Progress progress;
  private final String status;

  /** What the client may ask for, by its number. */
  private final Map<Integer, Path> files = new HashMap<>();

  private int number;
  private long sent;
  private long told;

  /**
   * @param time of all files; empty where each keeps its own
   * @param status what the progress calls it
   */
  SentTree(
      Sending<Packet> sending,
      Syscalls syscalls,
      Optional<Instant> time,
      Progress progress,
      String status) {
    this.sending = sending;
    this.syscalls = syscalls;
    this.time = time;
    this.progress = progress;
    this.status = status;
  }

  /**
   * @param layers highest first
   */
  void send(List<Path> layers) throws IOException {
    progress.status(status, 0, 0, false);
    LayerWalk.walk(layers, syscalls, this::announce);
    sending.write(Packet.newBuilder().setType(PacketType.PACKET_STAT).build());
    while (true) {
      Packet packet = sending.read().orElseThrow(Sending::early);
      switch (packet.getType()) {
        case PACKET_REQ -> content(packet.getID());
        case PACKET_FIN -> {
          sending.write(Packet.newBuilder().setType(PacketType.PACKET_FIN).build());
          sending.finish();
          progress.status(status, sent, 0, true);
          return;
        }
        case PACKET_ERR -> {
          // One half of the client says that it gave up; the end of the call says why.
          sending.awaitEnd();
          throw failed("error from receiver: " + packet.getData().toStringUtf8());
        }
        case PACKET_STAT, PACKET_DATA, UNRECOGNIZED ->
            throw failed("the client sent what belongs to no transfer: " + packet.getType().name());
      }
    }
  }

  private static IOException failed(String why) {
    return Sending.failure(ApiException.badRequest(why));
  }

  private void announce(LayerWalk.Entry entry) throws IOException {
    FileStatus file = entry.status();
    Stat.Builder stat =
        Stat.newBuilder()
            .setPath(entry.path())
            .setMode(GoMode.of(file.mode()))
            .setUid(file.uid())
            .setGid(file.gid())
            .setModTime(
                time.map(one -> one.getEpochSecond() * NANOS + one.getNano())
                    .orElse(file.modifySeconds() * NANOS + file.modifyNanos()));
    if (entry.isLink()) {
      String target = Files.readSymbolicLink(entry.file()).toString();
      stat.setLinkname(target).setSize(file.size());
    } else if (entry.first().isPresent()) {
      stat.setLinkname(entry.first().get());
    } else if (entry.isFile()) {
      stat.setSize(file.size());
    } else if (entry.isDevice()) {
      stat.setDevmajor(Constants.deviceMajor(file.specialDevice()))
          .setDevminor(Constants.deviceMinor(file.specialDevice()));
    }
    entry
        .attributes(syscalls)
        .forEach((name, value) -> stat.putXattrs(name, ByteString.copyFrom(value)));
    if (entry.isFile()) {
      files.put(number, entry.file());
    }
    number++;
    sending.write(Packet.newBuilder().setType(PacketType.PACKET_STAT).setStat(stat).build());
  }

  private void content(int id) throws IOException {
    Path file = files.remove(id);
    if (file == null) {
      throw failed("the client asked for file " + id + ", which it was not told of");
    }
    byte[] part = new byte[PART_BYTES];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        data(id, ByteString.copyFrom(part, 0, read));
        sent += read;
      }
    }
    data(id, ByteString.EMPTY);
    if (sent - told >= TELL_BYTES) {
      told = sent;
      progress.status(status, sent, 0, false);
    }
  }

  private void data(int id, ByteString bytes) throws IOException {
    sending.write(
        Packet.newBuilder().setType(PacketType.PACKET_DATA).setID(id).setData(bytes).build());
  }
}
