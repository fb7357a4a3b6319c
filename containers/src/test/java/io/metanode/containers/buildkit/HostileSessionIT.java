package io.metanode.containers.buildkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.metanode.containers.WithDockLock;
import io.metanode.containers.buildkit.rpc.Methods;
import io.metanode.containers.buildkit.rpc.RpcClient;
import io.metanode.containers.buildkit.rpc.RpcServer;
import io.metanode.containers.buildkit.wire.Definition;
import io.metanode.containers.buildkit.wire.Packet;
import io.metanode.containers.buildkit.wire.Packet.PacketType;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.buildkit.wire.SolveResponse;
import io.metanode.containers.buildkit.wire.Stat;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose sessions send what no client of Docker's sends. */
@Timeout(120)
class HostileSessionIT extends WithDockLock {

  private static final int DIRECTORY = 1 << 31;
  private static final int LINK = 1 << 27;
  private static final Actor SELF = Actor.system("test");
  private static final MethodDescriptor<SolveRequest, SolveResponse> SOLVE =
      Methods.unary(
          "moby.buildkit.v1.Control",
          "Solve",
          SolveRequest.getDefaultInstance(),
          SolveResponse.getDefaultInstance());
  private static final MethodDescriptor<Packet, Packet> FILES =
      Methods.twoWay(
          "moby.filesync.v1.FileSync",
          "DiffCopy",
          Packet.getDefaultInstance(),
          Packet.getDefaultInstance());

  private static final MethodDescriptor<Packet, Packet> TREE =
      Methods.twoWay(
          "moby.filesync.v1.FileSend",
          "DiffCopy",
          Packet.getDefaultInstance(),
          Packet.getDefaultInstance());

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What a client answers to each packet; the first, which nobody sent, is empty. */
  private interface Behaviour extends BiConsumer<Packet, StreamObserver<Packet>> {}

  private static ServerServiceDefinition files(Behaviour behaviour) {
    return ServerServiceDefinition.builder("moby.filesync.v1.FileSync")
        .addMethod(
            FILES,
            ServerCalls.asyncBidiStreamingCall(
                answers -> {
                  behaviour.accept(Packet.getDefaultInstance(), answers);
                  return new StreamObserver<>() {
                    @Override
                    public void onNext(Packet packet) {
                      behaviour.accept(packet, answers);
                    }

                    @Override
                    public void onError(Throwable error) {}

                    @Override
                    public void onCompleted() {
                      answers.onCompleted();
                    }
                  };
                }))
        .build();
  }

  private static Packet stat(String path, int mode, long size, String link) {
    Stat stat =
        Stat.newBuilder().setPath(path).setMode(mode).setSize(size).setLinkname(link).build();
    return Packet.newBuilder().setType(PacketType.PACKET_STAT).setStat(stat).build();
  }

  private static Packet data(int id, String text) {
    return Packet.newBuilder()
        .setType(PacketType.PACKET_DATA)
        .setID(id)
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }

  private static final Packet END = Packet.newBuilder().setType(PacketType.PACKET_STAT).build();

  /** Sends a Dockerfile, said to be so large, and what is given before it. */
  private static Behaviour sending(String dockerfile, long size, Packet... before) {
    return (asked, answers) -> {
      if (asked.getType() == PacketType.PACKET_STAT) {
        for (Packet packet : before) {
          answers.onNext(packet);
        }
        answers.onNext(stat("Dockerfile", 0644, size, ""));
        answers.onNext(END);
      } else if (asked.getType() == PacketType.PACKET_REQ) {
        answers.onNext(data(asked.getID(), dockerfile));
        answers.onNext(data(asked.getID(), ""));
      } else if (asked.getType() == PacketType.PACKET_FIN) {
        answers.onNext(asked);
      }
    };
  }

  private static Behaviour honest(String dockerfile, Packet... before) {
    return sending(dockerfile, dockerfile.length(), before);
  }

  private static SolveRequest.Builder request(String session) {
    return SolveRequest.newBuilder()
        .setRef("ref-" + NUMBER.incrementAndGet())
        .setSession(session)
        .setFrontend("dockerfile.v0")
        .setExporter("moby");
  }

  private static SolveResponse solve(SolveRequest request) throws IOException {
    Path socket = fixture.engine().dockerSocket();
    try (RpcClient client = new RpcClient(Connections.upgrade(socket, "/grpc", "none"), SELF)) {
      return ClientCalls.blockingUnaryCall(client.channel(), SOLVE, CallOptions.DEFAULT, request);
    }
  }

  private static SolveResponse build(Behaviour behaviour) throws Exception {
    return build("moby", files(behaviour));
  }

  private static SolveResponse build(String exporter, ServerServiceDefinition... services)
      throws Exception {
    String id = "session-" + NUMBER.incrementAndGet();
    Path socket = fixture.engine().dockerSocket();
    try (RpcServer server = new RpcServer(List.of(services))) {
      Hijacked taken = Connections.upgrade(socket, "/session", id);
      Thread serving =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      server.serve(taken, SELF);
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      try {
        return solve(request(id).setExporter(exporter).build());
      } finally {
        taken.channel().close();
        serving.join();
      }
    }
  }

  private static void refuses(Behaviour behaviour, String why) throws Exception {
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> build(behaviour));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    nothingIsLeft();
  }

  private static void nothingIsLeft() throws Exception {
    try (Stream<Path> left = Files.list(fixture.directory().resolve("home/builds"))) {
      assertEquals(List.of(), left.toList());
    }
    assertEquals("", fixture.docker("ps", "-aq"));
  }

  @Test
  void anHonestClientBuilds() throws Exception {
    SolveResponse response =
        build(
            honest(
                "FROM bb\nCOPY d/x /\n",
                stat("d", DIRECTORY | 0755, 0, ""),
                stat("d/x", 0644, 19, "")));
    assertTrue(response.getExporterResponseOrThrow("containerimage.digest").startsWith("sha256:"));
    nothingIsLeft();
  }

  @Test
  void pathsThatLeadOutAreRefused() throws Exception {
    for (String path :
        List.of("../x", "/etc/x", "a/../../x", "a//x", "", ".", "./x", "a\0b", "nosuch/x")) {
      refuses(honest("FROM bb\n", stat(path, 0644, 0, "")), "the files the client sent");
    }
    Path outside = Files.createTempDirectory("mn-outside-");
    refuses(
        honest(
            "FROM bb\n", stat("l", LINK | 0777, 0, outside.toString()), stat("l/x", 0644, 8, "")),
        "lies beneath what is no directory");
    refuses(
        honest("FROM bb\n", stat("h", 0644, 0, "/etc/passwd")),
        "hard link h to /etc/passwd: no such file");
    refuses(
        honest("FROM bb\n", stat("l", LINK | 0777, 0, "/etc/passwd"), stat("h", 0644, 0, "l")),
        "hard link h to l: no such file");
    refuses(
        honest("FROM bb\n", stat("x", 0644, 8, ""), stat("x", LINK | 0777, 0, "/")), "comes twice");
    assertEquals(0, outside.toFile().list().length);
    Files.delete(outside);
  }

  @Test
  void aLinkOutOfTheContextIsFollowedWithinIt() throws Exception {
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () -> build(honest("FROM bb\nCOPY l /\n", stat("l", LINK | 0777, 0, "/etc/hostname"))));
    assertTrue(String.valueOf(refused.getMessage()).contains("file not found in build context"));
  }

  @Test
  void sizesThatLieAreRefused() throws Exception {
    refuses(sending("FROM bb\n", 3), "was said to have 3 bytes and has more");
    refuses(sending("FROM bb\n", 300), "was said to have 300 bytes and has 8");
    refuses(sending("FROM bb\n", -1), "they are more than");
    refuses(sending("FROM bb\n", Long.MAX_VALUE), "they are more than");
    refuses(sending("FROM bb\n", 5 << 20, stat("x", 0644, 5 << 20, "")), "was said to have");
  }

  /** As Docker's own does whose disk is full: of the transfer it takes nothing more. */
  @Test
  void aClientThatEndsWithoutTakingMoreIsHeard() throws Exception {
    saysNoRoom(true);
  }

  @Test
  void whyAClientGaveUpIsToldByTheEndOfItsCall() throws Exception {
    saysNoRoom(false);
  }

  private static void saysNoRoom(boolean asks) throws Exception {
    ServerServiceDefinition full =
        ServerServiceDefinition.builder("moby.filesync.v1.FileSend")
            .addMethod(
                TREE,
                ServerCalls.asyncBidiStreamingCall(
                    answers -> {
                      var call = (ServerCallStreamObserver<Packet>) answers;
                      call.disableAutoRequest();
                      call.request(1);
                      return new FullDisk(call, asks);
                    }))
            .build();
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class, () -> build("local", files(honest("FROM bb\n")), full));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("cannot take what was built: no room"),
        refused.getMessage());
    nothingIsLeft();
  }

  /**
   * Asks for the largest file it is told of and all others, or for none, says that there is no
   * room, and ends.
   */
  private static final class FullDisk implements StreamObserver<Packet> {

    private final ServerCallStreamObserver<Packet> call;
    private final boolean asks;
    private int told;
    private int largest;
    private long size;

    private FullDisk(ServerCallStreamObserver<Packet> call, boolean asks) {
      this.call = call;
      this.asks = asks;
    }

    private static Packet request(int file) {
      return Packet.newBuilder().setType(PacketType.PACKET_REQ).setID(file).build();
    }

    @Override
    public void onNext(Packet packet) {
      if (packet.hasStat()) {
        if (packet.getStat().getSize() > size) {
          size = packet.getStat().getSize();
          largest = told;
        }
        told++;
        call.request(1);
        return;
      }
      if (asks) {
        call.onNext(request(largest));
        for (int file = 0; file < told; file++) {
          call.onNext(request(file));
        }
      }
      call.onNext(
          Packet.newBuilder()
              .setType(PacketType.PACKET_ERR)
              .setData(ByteString.copyFromUtf8("full"))
              .build());
      call.onError(Status.UNKNOWN.withDescription("no room").asRuntimeException());
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }

  @Test
  void packetsOutOfTurnAreRefused() throws Exception {
    refuses(honest("FROM bb\n", data(0, "x")), "what was not asked for: PACKET_DATA");
    refuses(
        (asked, answers) -> {
          if (asked.getType() == PacketType.PACKET_STAT) {
            answers.onNext(stat("Dockerfile", 0644, 8, ""));
            answers.onNext(END);
          } else {
            answers.onNext(data(99, "not asked for"));
          }
        },
        "what was not asked for");
    refuses(
        (asked, answers) ->
            answers.onNext(
                Packet.newBuilder()
                    .setType(PacketType.PACKET_ERR)
                    .setData(ByteString.copyFromUtf8("disk on fire"))
                    .build()),
        "disk on fire");
    refuses((_, answers) -> answers.onCompleted(), "ended the transfer of its files early");
    refuses(
        (_, answers) -> answers.onError(Status.PERMISSION_DENIED.asRuntimeException()),
        "PERMISSION_DENIED");
    refuses(
        (_, answers) -> answers.onNext(data(0, "x".repeat(17 << 20))),
        "reading the client's directory");
  }

  @Test
  void aSessionThatDiesAmidABuildEndsIt() throws Exception {
    String id = "session-" + NUMBER.incrementAndGet();
    Hijacked taken = Connections.upgrade(fixture.engine().dockerSocket(), "/session", id);
    try (RpcServer server =
        new RpcServer(
            List.of(
                files(
                    (asked, answers) -> {
                      try {
                        taken.channel().close();
                      } catch (IOException e) {
                        answers.onError(e);
                      }
                    })))) {
      Thread serving = Thread.ofVirtual().start(() -> serveQuietly(server, taken));
      StatusRuntimeException refused =
          assertThrows(StatusRuntimeException.class, () -> solve(request(id).build()));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("session has ended"), refused.getMessage());
      serving.join();
    }
    nothingIsLeft();
  }

  private static void serveQuietly(RpcServer server, Hijacked taken) {
    try {
      server.serve(taken, SELF);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void graphsAndUnknownSessionsAreRefused() throws Exception {
    Definition graph = Definition.newBuilder().addDef(ByteString.copyFromUtf8("x")).build();
    SolveRequest.Builder raw = request("none").setFrontend("").setDefinition(graph);
    assertTrue(failure(raw.build()).contains("solves no graphs"));
    assertTrue(failure(request("none").build()).contains("no active session for none"));
    assertTrue(failure(request("none").setRef("").build()).contains("a build needs a ref"));
    assertTrue(
        failure(request("none").setFrontend("gateway.v0").build())
            .contains("the frontend \"gateway.v0\""));
  }

  private static String failure(SolveRequest request) {
    return String.valueOf(
        assertThrows(StatusRuntimeException.class, () -> solve(request)).getMessage());
  }

  @Test
  void whatIsNoHttp2EndsTheConnectionAlone() throws Exception {
    Path socket = fixture.engine().dockerSocket();
    for (String path : List.of("/grpc", "/session")) {
      Hijacked taken = Connections.upgrade(socket, path, "garbage" + NUMBER.incrementAndGet());
      taken
          .channel()
          .write(
              ByteBuffer.wrap(
                  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      // A frame of 16 MiB that is never sent.
      taken.channel().write(ByteBuffer.wrap(new byte[] {-1, -1, -1, 0, 0, 0, 0, 0, 1}));
      while (taken.input().read() >= 0) {
        Thread.onSpinWait();
      }
      taken.channel().close();
    }
    assertFalse(fixture.docker("version").isEmpty());
    IOException refused =
        assertThrows(IOException.class, () -> Connections.upgrade(socket, "/session", ""));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("refused: HTTP/1.1 400 "));
  }
}
