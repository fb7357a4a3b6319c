package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.InclusionProof;
import io.metanode.ledger.light.LightClient;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.light.Verdict;
import io.metanode.ledger.light.VerifiedHeader;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateProof;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Checks proofs offline. It trusts the genesis it is given, and with it the validators that the
 * chain began with; a change of validators must be in the proof (docs/formats/ledger-api.md).
 */
public final class LedgerProof {

  private static final String FORMAT = "metanode-ledger-proof-1";

  private final Genesis genesis;

  LedgerProof(Genesis genesis) {
    this.genesis = genesis;
  }

  /** A checker that trusts a genesis file. */
  public static LedgerProof trusting(Path genesisFile) throws IOException {
    return new LedgerProof(LedgerSetup.genesis(genesisFile));
  }

  /** Why a proof does not hold. */
  public static final class InvalidException extends Exception {
    InvalidException(String message) {
      super(message);
    }
  }

  /**
   * Checks a proof.
   *
   * @param json what the API gives under {@code proof}
   * @return what it proves, by name
   * @throws InvalidException if it proves nothing
   */
  public Map<String, String> verify(JsonNode json) throws InvalidException {
    require(json.path("format").asString("").equals(FORMAT), "it is not of format " + FORMAT);
    require(
        json.path("genesis").asString("").equals(genesis.digest().toString()),
        "it is of another chain");
    try {
      NavigableMap<Long, LightClient> clients = follow(json.path("changes"));
      return json.has("transaction") ? transaction(clients, json) : state(clients, json);
    } catch (DecodingException | IllegalArgumentException e) {
      throw new InvalidException("it is malformed: " + e.getMessage());
    }
  }

  /** What is believed after each change, by the height from which it is. */
  private NavigableMap<Long, LightClient> follow(JsonNode changes)
      throws DecodingException, InvalidException {
    LightClient client = new LightClient(genesis.digest(), 0, genesis.validators());
    NavigableMap<Long, LightClient> clients = new TreeMap<>(Map.of(0L, client));
    for (JsonNode one : changes) {
      Decoder in = bytes(one).decoder();
      RosterChange change = RosterChange.decode(in);
      in.end();
      client =
          believed(
              client.follow(change.header(), change.seal(), change.next()),
              "the change of validators at " + change.header().height());
      clients.put(client.from(), client);
    }
    return clients;
  }

  private static VerifiedHeader header(NavigableMap<Long, LightClient> clients, JsonNode sealed)
      throws DecodingException, InvalidException {
    BlockHeader header = BlockHeader.decode(bytes(sealed.path("header")));
    LightClient client = clients.floorEntry(header.height()).getValue();
    return believed(
        client.verify(header, BlockSeal.decode(bytes(sealed.path("seal")))),
        "header " + header.height());
  }

  private static <T> T believed(Verdict<T> verdict, String what) throws InvalidException {
    return switch (verdict) {
      case Verdict.Believed<T>(T value) -> value;
      case Verdict.Refused<T> refused ->
          throw new InvalidException(what + " is not believed: " + refused.fault());
    };
  }

  private static Map<String, String> transaction(
      NavigableMap<Long, LightClient> clients, JsonNode json)
      throws DecodingException, InvalidException {
    Transaction transaction = Transaction.decode(bytes(json.path("transaction")));
    VerifiedHeader block = header(clients, json.path("block"));
    VerifiedHeader next = header(clients, json.path("next"));
    require(
        block.includes(transaction.id(), InclusionProof.decode(bytes(json.path("inclusion")))),
        "the block does not hold the transaction");
    require(
        next.header().parent().equals(block.header().id()),
        "the second header is not the one after the first");
    TransactionResult result =
        new TransactionResult(transaction.id(), json.path("resultCode").asInt(-1));
    require(
        next.resulted(result, InclusionProof.decode(bytes(json.path("resultInclusion")))),
        "the result is another one");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("transaction", transaction.id().toString());
    facts.put("height", Long.toString(block.header().height()));
    facts.put("block", block.header().id().toString());
    facts.put("resultCode", Integer.toString(result.code()));
    return facts;
  }

  private static Map<String, String> state(NavigableMap<Long, LightClient> clients, JsonNode json)
      throws DecodingException, InvalidException {
    StateKey key = new StateKey(Bytes32.ofHex(json.path("stateKey").asString("")));
    StateProof proof = StateProof.decode(bytes(json.path("stateProof")));
    VerifiedHeader next = header(clients, json.path("next"));
    boolean absent = json.path("value").isNull();
    if (absent) {
      require(next.lacks(key, proof), "that the key has no value is not proved");
    } else {
      require(next.holds(key, bytes(json.path("value")), proof), "the value is not proved");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("stateKey", key.toString());
    facts.put("value", absent ? "none" : json.path("value").asString(""));
    facts.put("height", Long.toString(next.header().height() - 1));
    facts.put("timeMillis", Long.toString(next.header().timeMillis()));
    return facts;
  }

  /** The state key of an account, hexadecimal: a proof must be about it to say anything of it. */
  public static String accountKey(String account) {
    return StateKey.account(new AccountId(Bytes32.ofHex(account))).toString();
  }

  /** The state key of the newest anchor of a log. */
  public static String anchorKey(String origin) {
    return StateKey.anchor(Bytes.of(origin.getBytes(US_ASCII))).toString();
  }

  /** The state key of a value of the chain's module. */
  public static String moduleKey(LedgerModule.Place place) {
    return StateKey.module(place.namespace(), place.key()).toString();
  }

  private static Bytes bytes(JsonNode hex) {
    return Bytes.of(HexFormat.of().parseHex(hex.asString("")));
  }

  private static void require(boolean holds, String otherwise) throws InvalidException {
    if (!holds) {
      throw new InvalidException(otherwise);
    }
  }
}
