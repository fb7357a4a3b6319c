package io.metanode.containers.buildkit;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.metanode.containers.build.BuildPeer;
import io.metanode.containers.buildkit.rpc.Methods;
import io.metanode.containers.buildkit.rpc.RpcClient;
import io.metanode.containers.buildkit.wire.BytesMessage;
import io.metanode.containers.buildkit.wire.CheckAgentRequest;
import io.metanode.containers.buildkit.wire.CheckAgentResponse;
import io.metanode.containers.buildkit.wire.CredentialsRequest;
import io.metanode.containers.buildkit.wire.CredentialsResponse;
import io.metanode.containers.buildkit.wire.GetSecretRequest;
import io.metanode.containers.buildkit.wire.GetSecretResponse;
import io.metanode.containers.buildkit.wire.Packet;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.registry.Credentials;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A client that can be asked for its files, secrets, credentials and SSH agents while it builds,
 * and given what comes of it.
 */
final class Session implements BuildPeer {

  private static final long PATIENCE_SECONDS = 60;
  private static final String HUB = "registry-1.docker.io";

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
  private static final MethodDescriptor<BytesMessage, BytesMessage> FILE =
      Methods.twoWay(
          "moby.filesync.v1.FileSend",
          "DiffCopy",
          BytesMessage.getDefaultInstance(),
          BytesMessage.getDefaultInstance());
  private static final MethodDescriptor<BytesMessage, BytesMessage> UPLOAD =
      Methods.twoWay(
          "moby.upload.v1.Upload",
          "Pull",
          BytesMessage.getDefaultInstance(),
          BytesMessage.getDefaultInstance());
  private static final MethodDescriptor<CredentialsRequest, CredentialsResponse> CREDENTIALS =
      Methods.unary(
          "moby.filesync.v1.Auth",
          "Credentials",
          CredentialsRequest.getDefaultInstance(),
          CredentialsResponse.getDefaultInstance());
  private static final MethodDescriptor<GetSecretRequest, GetSecretResponse> SECRET =
      Methods.unary(
          "moby.buildkit.secrets.v1.Secrets",
          "GetSecret",
          GetSecretRequest.getDefaultInstance(),
          GetSecretResponse.getDefaultInstance());

  private static final MethodDescriptor<CheckAgentRequest, CheckAgentResponse> HAS_AGENT =
      Methods.unary(
          "moby.sshforward.v1.SSH",
          "CheckAgent",
          CheckAgentRequest.getDefaultInstance(),
          CheckAgentResponse.getDefaultInstance());
  private static final MethodDescriptor<BytesMessage, BytesMessage> AGENT =
      Methods.twoWay(
          "moby.sshforward.v1.SSH",
          "ForwardAgent",
          BytesMessage.getDefaultInstance(),
          BytesMessage.getDefaultInstance());

  private final Actor actor;
  private final RpcClient client;

  Session(Actor actor, RpcClient client) {
    this.actor = actor;
    this.client = client;
  }

  /** Who opened it. */
  Actor actor() {
    return actor;
  }

  /** Closes its connection, as its client would. */
  void end() throws IOException {
    client.close();
  }

  @Override
  public Credentials credentials(String registry) throws ApiException {
    String host = registry.equals("docker.io") ? HUB : registry;
    CredentialsRequest request = CredentialsRequest.newBuilder().setHost(host).build();
    try {
      CredentialsResponse answer = ask(CREDENTIALS, request);
      return answer.getSecret().isEmpty()
          ? Credentials.NONE
          : answer.getUsername().isEmpty()
              ? new Credentials("", "", answer.getSecret(), "")
              : new Credentials(answer.getUsername(), answer.getSecret(), "", "");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return Credentials.NONE;
      }
      throw Failures.ofSession("asking the client for its login at " + registry, e.getStatus());
    }
  }

  @Override
  public Optional<byte[]> secret(String id) throws ApiException {
    try {
      GetSecretRequest request = GetSecretRequest.newBuilder().setID(id).build();
      return Optional.of(ask(SECRET, request).getData().toByteArray());
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND, UNIMPLEMENTED -> Optional.empty();
        default ->
            throw Failures.ofSession("asking the client for the secret " + id, e.getStatus());
      };
    }
  }

  @Override
  public boolean hasAgent(String id) throws ApiException {
    try {
      var _ = ask(HAS_AGENT, CheckAgentRequest.newBuilder().setID(id).build());
      return true;
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        // Clients say with no code of its own that they forward none of this name.
        case NOT_FOUND, UNIMPLEMENTED, UNKNOWN -> false;
        default ->
            throw Failures.ofSession("asking the client for the SSH agent " + id, e.getStatus());
      };
    }
  }

  @Override
  public void forwardAgent(String id, ByteChannel connection) throws IOException {
    Metadata headers = new Metadata();
    put(headers, "buildkit.ssh.id", List.of(id));
    new AgentForward(stream(AGENT, headers), connection).run();
  }

  private <Q, A> A ask(MethodDescriptor<Q, A> method, Q request) {
    return ClientCalls.blockingUnaryCall(
        client.channel(),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /**
   * Begins to read one of the client's directories.
   *
   * @param name as the client calls it
   * @param options such as {@code exclude-patterns}, each with its values
   */
  BlockingClientCall<Packet, Packet> files(String name, Map<String, List<String>> options) {
    Metadata headers = new Metadata();
    put(headers, "dir-name", List.of(name));
    options.forEach((key, values) -> put(headers, key, values));
    return stream(FILES, headers);
  }

  /** Begins to read a stream the client holds ready, such as a context on its standard input. */
  BlockingClientCall<BytesMessage, BytesMessage> upload(String path) {
    Metadata headers = new Metadata();
    put(headers, "urlpath", List.of(path));
    return stream(UPLOAD, headers);
  }

  /**
   * Begins to send a directory.
   *
   * @param output which of the outputs the client asked for, counted from 0
   */
  BlockingClientCall<Packet, Packet> sendTree(int output) {
    return stream(TREE, output(output));
  }

  /**
   * Begins to send one stream of bytes.
   *
   * @param about what they are, as the client is to know it before
   */
  BlockingClientCall<BytesMessage, BytesMessage> sendFile(int output, Map<String, String> about) {
    Metadata headers = output(output);
    about.forEach((key, value) -> put(headers, "exporter-md-" + key, List.of(value)));
    return stream(FILE, headers);
  }

  private static Metadata output(int number) {
    Metadata headers = new Metadata();
    put(headers, "buildkit-attachable-exporter-id", List.of(Integer.toString(number)));
    return headers;
  }

  private <Q, A> BlockingClientCall<Q, A> stream(MethodDescriptor<Q, A> method, Metadata headers) {
    return ClientCalls.blockingBidiStreamingCall(
        ClientInterceptors.intercept(
            client.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        CallOptions.DEFAULT);
  }

  /** What is not printable ASCII is encoded as in an address, and said to be. */
  private static void put(Metadata headers, String key, List<String> values) {
    boolean plain = values.stream().allMatch(value -> value.chars().allMatch(Session::isPlain));
    Metadata.Key<String> header = Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER);
    for (String value : values) {
      headers.put(header, plain ? value : URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    if (!plain) {
      headers.put(Metadata.Key.of(key + "-encoded", Metadata.ASCII_STRING_MARSHALLER), "1");
    }
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character <= '~';
  }
}
