package io.metanode.containers.buildkit;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.buildkit.wire.Packet;
import io.metanode.containers.buildkit.wire.Packet.PacketType;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a directory from a client by fsutil's packets: the client tells what there is, numbered
 * as it comes, until an empty {@code STAT}; it is asked for the files by their numbers; it sends
 * their content in {@code DATA}, an empty one at the end of each; {@code FIN} from either side ends
 * it.
 */
final class FileSync {

  /** Files asked for at a time; the client reads no further while it has 128 to send. */
  private static final int MOST_ASKED = 64;

  private static final Logger LOG = System.getLogger(FileSync.class.getName());
  private static final long POLL_MILLIS = 500;
  private static final long TELL_BYTES = 1 << 20;

  private final BlockingClientCall<Packet, Packet> call;
  private final ReceivedTree tree;
  private final Progress progress;
  private final Deque<Integer> wanted = new ArrayDeque<>();
  private final Map<Integer, SourceFile> known = new HashMap<>();
  private final Map<Integer, ReceivedTree.Content> asked = new HashMap<>();
  private long bytes;
  private long told;

  private FileSync(BlockingClientCall<Packet, Packet> call, ReceivedTree tree, Progress progress) {
    this.call = call;
    this.tree = tree;
    this.progress = progress;
  }

  /**
   * @param name of the directory, as the client calls it
   * @param root a directory that does not exist yet; on failure nothing of it is left
   * @throws ApiException if what the client sends cannot be taken
   */
  static BuildContext fetch(
      Session session,
      String name,
      Map<String, List<String>> options,
      Path root,
      Syscalls syscalls,
      UnpackLimits limits,
      Progress progress)
      throws ApiException, IOException {
    ReceivedTree tree = new ReceivedTree(root, syscalls, limits);
    BlockingClientCall<Packet, Packet> call = session.files(name, options);
    FileSync sync = new FileSync(call, tree, progress);
    boolean whole = false;
    try {
      sync.run();
      BuildContext received = tree.finish();
      whole = true;
      return received;
    } catch (StatusException e) {
      throw Failures.ofSession("reading the client's directory \"" + name + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    } finally {
      for (ReceivedTree.Content content : sync.asked.values()) {
        content.abandon();
      }
      if (!whole) {
        call.cancel("the files cannot be taken", null);
        DurableFiles.removeTree(root);
      }
    }
  }

  private void run() throws ApiException, IOException, StatusException, InterruptedException {
    list();
    while (!wanted.isEmpty() || !asked.isEmpty()) {
      while (!wanted.isEmpty() && asked.size() < MOST_ASKED) {
        ask(wanted.pop());
      }
      content(next());
    }
    send(Packet.newBuilder().setType(PacketType.PACKET_FIN).build());
    Packet last = next();
    if (last.getType() != PacketType.PACKET_FIN) {
      throw unexpected(last);
    }
    call.halfClose();
    progress.status("transferring", bytes, 0, true);
  }

  private void list() throws ApiException, IOException, StatusException, InterruptedException {
    int number = 0;
    for (Packet packet = listed(); packet.hasStat(); packet = listed()) {
      Optional<SourceFile> file = tree.add(packet.getStat());
      if (file.isPresent()) {
        known.put(number, file.get());
        wanted.add(number);
      }
      number++;
    }
  }

  private Packet listed() throws ApiException, StatusException, InterruptedException {
    Packet packet = next();
    if (packet.getType() != PacketType.PACKET_STAT) {
      throw unexpected(packet);
    }
    return packet;
  }

  private void ask(int number)
      throws ApiException, IOException, StatusException, InterruptedException {
    SourceFile file = known.remove(number);
    if (file == null) {
      throw new IllegalStateException("file " + number + " is asked for twice");
    }
    asked.put(number, tree.write(file));
    send(Packet.newBuilder().setType(PacketType.PACKET_REQ).setID(number).build());
  }

  private void content(Packet packet) throws ApiException, IOException {
    ReceivedTree.Content content = asked.get(packet.getID());
    if (packet.getType() != PacketType.PACKET_DATA || content == null) {
      throw unexpected(packet);
    }
    if (packet.getData().isEmpty()) {
      asked.remove(packet.getID());
      content.end();
    } else {
      content.add(packet.getData().toByteArray());
      bytes += packet.getData().size();
      if (bytes - told >= TELL_BYTES) {
        told = bytes;
        progress.status("transferring", bytes, 0, false);
      }
    }
  }

  private void send(Packet packet) throws ApiException, StatusException, InterruptedException {
    if (!call.write(packet)) {
      var _ = next(); // tells why
      throw ApiException.badRequest("the client ended the transfer of its files early");
    }
  }

  private Packet next() throws ApiException, StatusException, InterruptedException {
    Packet packet = read();
    if (packet == null) {
      throw ApiException.badRequest("the client ended the transfer of its files early");
    }
    if (packet.getType() == PacketType.PACKET_ERR) {
      throw ApiException.badRequest(
          "the client cannot send its files: " + packet.getData().toStringUtf8());
    }
    return packet;
  }

  private @Nullable Packet read() throws ApiException, StatusException, InterruptedException {
    while (!progress.isAbandoned()) {
      try {
        return call.read(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.log(Level.TRACE, "the client is slow");
      }
    }
    throw new ApiException(499, "the build was given up");
  }

  private static ApiException unexpected(Packet packet) {
    return ApiException.badRequest(
        "the client sent what was not asked for: "
            + packet.getType().name()
            + " "
            + packet.getID());
  }
}
