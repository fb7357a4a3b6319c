package io.metanode.containers.http;

import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One request and its answer. Exactly one of the answering methods is called, once. */
public interface HttpExchange {

  String method();

  /** The decoded path without the API version prefix, for example {@code /containers/json}. */
  String path();

  /** The negotiated API version, 1.24 to the newest served. */
  ApiVersion version();

  /** A placeholder of the route, for example {@code id} of {@code /containers/{id}/start}. */
  String parameter(String name);

  /** The first value of a query parameter, decoded. */
  Optional<String> query(String name);

  /** All values of a query parameter, decoded, in order. */
  List<String> queries(String name);

  /** Docker's reading of a boolean: absent, empty, "0", "no", "false" and "none" are false. */
  boolean flag(String name, boolean ifAbsent);

  /** The first value of a header, by case-insensitive name. */
  Optional<String> header(String name);

  /** Who is at the other end of the socket. */
  Actor actor();

  /** The request body, length-delimited or chunked; empty if there is none. */
  InputStream body();

  /**
   * The body as JSON; an empty body reads as an empty object.
   *
   * @throws ApiException 400 if it is malformed or too deep, 413 if it is larger than 4 MiB
   */
  JsonNode json() throws ApiException, IOException;

  /** Answers with a JSON body. */
  void send(int status, JsonNode body) throws IOException;

  /** Answers without a body. */
  void send(int status) throws IOException;

  /** Answers with a text or binary body of known content. */
  void send(int status, String contentType, byte[] body) throws IOException;

  /** Sets a response header; before answering. */
  void responseHeader(String name, String value);

  /**
   * Answers with a chunked body. The headers are on the wire when this returns; every {@code
   * flush()} of the stream sends what was written; closing it ends the body.
   */
  OutputStream stream(int status, String contentType) throws IOException;

  /**
   * Takes the connection over, as {@code POST /containers/{id}/attach} does: answers 101 with
   * {@code Upgrade: tcp} where the client asked to upgrade, else 200, and hands the raw connection
   * over. The client may close its sending half while it still reads. The connection is closed when
   * the handler returns; closing {@code output} only tells the client that no more comes. A body of
   * known length is passed over first; above 64 KiB the answer is 413.
   */
  Hijacked hijack(String contentType) throws IOException;

  /**
   * Checks what {@link #upgrade} would.
   *
   * @throws ApiException 400 in Docker's words if the client did not ask for the protocol
   */
  void checkUpgrade(String protocol) throws ApiException;

  /**
   * The same for a protocol the client names in {@code Upgrade}, which the answer names too.
   *
   * @throws ApiException 400 if the client did not ask for it
   */
  Hijacked upgrade(String protocol) throws ApiException, IOException;

  /** True once the peer has closed the connection; never blocks. For long polls. */
  boolean peerGone();

  /**
   * A connection taken over.
   *
   * @param input what the client sends, starting with bytes already buffered
   * @param output the way to the client, unbuffered
   * @param channel the connection beneath, for shutting down and for closing from another thread
   */
  record Hijacked(InputStream input, OutputStream output, Link channel) {}
}
