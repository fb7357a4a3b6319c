package io.metanode.ledger;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.ledger.peers.PeerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a validator chooses for itself: {@code ledger.json}, described in docs/guides/ledger.md.
 *
 * @param api where clients are answered; port 0 takes a free one
 * @param listen where peers connect to; empty for a validator without any
 * @param peers where the others listen
 * @param blockMillis from one block to the next while there are transactions
 * @param idleMillis from one block to the next while there are none
 * @param roundMillis after which a leader is given up
 * @param keepBlocks the last blocks that are kept, about; 0 keeps all
 */
public record LedgerSettings(
    Address api,
    Optional<Address> listen,
    Map<Ed25519PublicKey, Address> peers,
    long blockMillis,
    long idleMillis,
    long roundMillis,
    long keepBlocks) {

  /** Fewer, and a validator that fetches a snapshot could find the blocks after it gone. */
  public static final long LEAST_KEPT = 5_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> KEYS =
      Set.of("api", "listen", "peers", "blockMillis", "idleMillis", "roundMillis", "keepBlocks");

  public static final LedgerSettings DEFAULT =
      new LedgerSettings(
          new Address("127.0.0.1", 0), Optional.empty(), Map.of(), 100, 2_000, 1_000, 0);

  /**
   * @throws IllegalArgumentException if so few blocks are kept that others could not follow
   */
  public LedgerSettings {
    if (keepBlocks != 0 && keepBlocks < LEAST_KEPT) {
      throw new IllegalArgumentException(
          "keepBlocks is 0, for all, or " + LEAST_KEPT + " at least, not " + keepBlocks);
    }
    peers = Map.copyOf(peers);
  }

  /**
   * A host and a port.
   *
   * @param port 0, where one listens, for a free one
   */
  public record Address(String host, int port) {

    /** Reads {@code host:port}; empty if it is none. */
    public static Optional<Address> parse(String text) {
      return text.endsWith(":0")
          ? Optional.of(new Address(text.substring(0, text.length() - 2), 0))
          : PeerAddress.parse(text).map(a -> new Address(a.host(), a.port()));
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** These settings with another pause between empty blocks. */
  public LedgerSettings idle(long millis) {
    return new LedgerSettings(api, listen, peers, blockMillis, millis, roundMillis, keepBlocks);
  }

  /** These settings with another address for clients. */
  public LedgerSettings at(Address newApi) {
    return new LedgerSettings(
        newApi, listen, peers, blockMillis, idleMillis, roundMillis, keepBlocks);
  }

  /** These settings with other addresses. */
  public LedgerSettings at(
      Address newApi, Address newListen, Map<Ed25519PublicKey, Address> newPeers) {
    return new LedgerSettings(
        newApi, Optional.of(newListen), newPeers, blockMillis, idleMillis, roundMillis, keepBlocks);
  }

  /**
   * @throws IOException if the file cannot be read, or says what is not understood
   */
  public static LedgerSettings read(Path file) throws IOException {
    if (Files.notExists(file)) {
      return DEFAULT;
    }
    try {
      return of(JSON.readTree(Files.readString(file)));
    } catch (JacksonException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static LedgerSettings of(JsonNode json) {
    for (String key : json.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown key " + key);
      }
    }
    Map<Ed25519PublicKey, Address> peers = new HashMap<>();
    for (JsonNode peer : json.path("peers")) {
      peers.put(key(peer.path("key").asString("")), listen(peer.path("address").asString("")));
    }
    return new LedgerSettings(
        listen(json.path("api").asString(DEFAULT.api.toString())),
        json.has("listen")
            ? Optional.of(listen(json.path("listen").asString("")))
            : Optional.empty(),
        peers,
        json.path("blockMillis").asLong(DEFAULT.blockMillis),
        json.path("idleMillis").asLong(DEFAULT.idleMillis),
        json.path("roundMillis").asLong(DEFAULT.roundMillis),
        json.path("keepBlocks").asLong(DEFAULT.keepBlocks));
  }

  private static Address listen(String text) {
    return Address.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("no host:port: " + text));
  }

  private static Ed25519PublicKey key(String hex) {
    return Ed25519PublicKey.ofBytes(HexFormat.of().parseHex(hex))
        .orElseThrow(() -> new IllegalArgumentException("no Ed25519 key: " + hex));
  }

  public void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode().put("api", api.toString());
    listen.ifPresent(address -> json.put("listen", address.toString()));
    var list = json.putArray("peers");
    peers.forEach(
        (key, address) ->
            list.addObject()
                .put("key", HexFormat.of().formatHex(key.bytes()))
                .put("address", address.toString()));
    json.put("blockMillis", blockMillis)
        .put("idleMillis", idleMillis)
        .put("roundMillis", roundMillis)
        .put("keepBlocks", keepBlocks);
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
