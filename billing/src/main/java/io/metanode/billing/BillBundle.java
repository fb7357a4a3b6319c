package io.metanode.billing;

import io.metanode.economy.Prices;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.LoggedReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tenant needs to derive its bills without the log: its own receipts with their proofs, the
 * receipts that close hours, one checkpoint, and the price book. No other tenant's receipt is in
 * it.
 *
 * @param prices the price book, canonical
 * @param proofs by index; each with {@code checkpoint} behind an empty line is a C2SP tlog-proof
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BillBundle(String tenant, String checkpoint, byte[] prices, List<String> proofs) {

  private static final String TYPE = "https://metanode.io/BillBundle/v1";
  private static final String BETWEEN = "\n\n";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public BillBundle {
    proofs = List.copyOf(proofs);
  }

  /**
   * Collects a tenant's receipts.
   *
   * @throws IOException if the log cannot be read or is empty
   */
  public static BillBundle of(LogReader log, String tenant, Prices prices) throws IOException {
    List<String> proofs = new ArrayList<>();
    String checkpoint = "";
    for (long index = 0; index < log.published(); index++) {
      if (belongs(log.logged(index), tenant)) {
        String proof = log.proof(index);
        int middle = proof.indexOf(BETWEEN);
        proofs.add(proof.substring(0, middle));
        checkpoint = proof.substring(middle + BETWEEN.length());
      }
    }
    if (proofs.isEmpty()) {
      throw new IOException("no receipt of the log bills " + tenant);
    }
    return new BillBundle(tenant, checkpoint, prices.json(), proofs);
  }

  private static boolean belongs(LoggedReceipt logged, String tenant) {
    return logged.receipt().step().account().map(a -> a.tenant().equals(tenant)).orElse(false)
        || BillReceipts.closing(logged).isPresent();
  }

  /** One JSON object. */
  public byte[] json() {
    ObjectNode json =
        JSON.createObjectNode().put("checkpoint", checkpoint).set("prices", JSON.readTree(prices));
    ArrayNode list = json.putArray("proofs");
    proofs.forEach(list::add);
    return JSON.writeValueAsBytes(json.put("tenant", tenant).put("type", TYPE));
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IOException if it is anything else
   */
  public static BillBundle read(byte[] bytes) throws IOException {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (!json.path("type").asString("").equals(TYPE)) {
        throw new IOException("not a bundle: its type is not " + TYPE);
      }
      List<String> proofs = new ArrayList<>();
      for (JsonNode proof : json.required("proofs")) {
        proofs.add(proof.asString());
      }
      return new BillBundle(
          json.required("tenant").asString(),
          json.required("checkpoint").asString(),
          JSON.writeValueAsBytes(json.required("prices")),
          proofs);
    } catch (JacksonException e) {
      throw new IOException("not a bundle: " + e.getOriginalMessage(), e);
    }
  }
}
