package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.KeptLogBlock;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StoredValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The validators' cosignature of a log's checkpoint: a ledger proof that their quorum made a
 * LogBlock of this size and root final, in the form of a signature line of the note
 * (docs/formats/log.md). Readers that do not know its key pass over the line.
 */
public final class LogCertificate {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte TYPE = (byte) 0xff;
  private static final String KIND = "metanode ledger proof v1";
  private static final int ID_LENGTH = 4;
  private static final int TAG_DIGITS = 16;

  private final Genesis genesis;

  private LogCertificate(Genesis genesis) {
    this.genesis = genesis;
  }

  /** For the chain that a genesis file begins. */
  public static LogCertificate trusting(Path genesisFile) throws IOException {
    return new LogCertificate(LedgerSetup.genesis(genesisFile));
  }

  /**
   * For the chain that an encoded genesis begins.
   *
   * @throws IOException if it is none
   */
  public static LogCertificate of(byte[] genesis) throws IOException {
    try {
      return new LogCertificate(Genesis.decode(Bytes.of(genesis)));
    } catch (DecodingException e) {
      throw new IOException("no genesis: " + e.getMessage(), e);
    }
  }

  /** The name under which the chain cosigns. */
  public String name() {
    return "metanode-ledger/" + genesis.digest().toString().substring(0, TAG_DIGITS);
  }

  /** The id of its key, four bytes: of the name, the type 0xff, its kind and the genesis digest. */
  public byte[] keyId() {
    byte[] digest =
        Sha256.of(
            (name() + "\n").getBytes(US_ASCII),
            new byte[] {TYPE},
            KIND.getBytes(US_ASCII),
            genesis.digest().bytes());
    return Arrays.copyOf(digest, ID_LENGTH);
  }

  /** What the signature line carries: the proof as the API gives it. */
  public static byte[] signature(JsonNode proof) {
    return JSON.writeValueAsBytes(proof);
  }

  /**
   * What a certificate shows.
   *
   * @param number the LogBlock's
   * @param from the first receipt it holds
   * @param height of the block that made it final
   * @param timeMillis of that block
   */
  public record Shown(long number, long from, long height, long timeMillis) {}

  /**
   * Verifies that the chain made a checkpoint final, with the genesis alone.
   *
   * @param signature what the line carries
   * @throws LedgerProof.InvalidException if it does not
   */
  public Shown verify(byte[] signature, String origin, long size, byte[] root)
      throws LedgerProof.InvalidException {
    Map<String, String> facts;
    KeptLogBlock accepted;
    try {
      facts = new LedgerProof(genesis).verify(JSON.readTree(new String(signature, UTF_8)));
      Bytes value = Bytes.ofHex(facts.getOrDefault("value", "none"));
      if (!(StoredValue.decode(value) instanceof KeptLogBlock read)) {
        throw new LedgerProof.InvalidException("it is about something else than a LogBlock");
      }
      accepted = read;
    } catch (JacksonException | DecodingException | IllegalArgumentException e) {
      throw new LedgerProof.InvalidException("it is malformed: " + e.getMessage());
    }
    LogBlock block = accepted.signed().block();
    Bytes name = Bytes.of(origin.getBytes(UTF_8));
    boolean matches =
        block.origin().equals(name)
            && block.to() == size
            && block.root().equals(Bytes32.of(root))
            && StateKey.logBlock(name, block.number()).toString().equals(facts.get("stateKey"));
    if (!matches) {
      throw new LedgerProof.InvalidException("it is about another checkpoint");
    }
    return new Shown(block.number(), block.from(), accepted.height(), accepted.timeMillis());
  }
}
