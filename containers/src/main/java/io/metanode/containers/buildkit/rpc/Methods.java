package io.metanode.containers.buildkit.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Names methods and writes their messages down. */
public final class Methods {

  private Methods() {}

  /** A method with one request and one answer. */
  public static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> unary(
      String service, String method, Q request, A answer) {
    return of(MethodType.UNARY, service, method, request, answer);
  }

  /** A method with one request and many answers. */
  public static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> streaming(
      String service, String method, Q request, A answer) {
    return of(MethodType.SERVER_STREAMING, service, method, request, answer);
  }

  /** A method in which both sides send what they want. */
  public static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> twoWay(
      String service, String method, Q request, A answer) {
    return of(MethodType.BIDI_STREAMING, service, method, request, answer);
  }

  private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> of(
      MethodType type, String service, String method, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
        .setRequestMarshaller(new Messages<>(request))
        .setResponseMarshaller(new Messages<>(answer))
        .build();
  }

  private record Messages<M extends MessageLite>(M example)
      implements MethodDescriptor.Marshaller<M> {

    @Override
    public InputStream stream(M message) {
      return new ByteArrayInputStream(message.toByteArray());
    }

    @Override
    @SuppressWarnings("unchecked") // what an M's parser makes is an M
    public M parse(InputStream bytes) {
      try {
        return (M) example.getParserForType().parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw Status.INVALID_ARGUMENT
            .withDescription("malformed message: " + e.getMessage())
            .withCause(e)
            .asRuntimeException();
      }
    }
  }
}
