package io.metanode.ledger.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.state.KeptLogBlock;
import io.metanode.ledger.state.LogBlocks;
import io.metanode.ledger.state.LogFork;
import io.metanode.ledger.state.LogHead;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.StateKey;
import java.io.IOException;
import java.util.Optional;

/** {@code /v1/logs}, {@code /v1/logblocks}, {@code /v1/logforks}. */
final class LogEndpoints implements Endpoints {

  private final StateAnswer state;

  LogEndpoints(Ledger ledger) {
    state = new StateAnswer(ledger);
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    if (!call.method().equals("GET")) {
      return false;
    }
    switch (String.join("/", call.path())) {
      case "v1/logs" -> head(call);
      case "v1/logblocks" -> logBlock(call);
      case "v1/logforks" -> fork(call);
      default -> {
        return false;
      }
    }
    return true;
  }

  static Bytes origin(Call call) throws Problem {
    String origin =
        call.query("origin").orElseThrow(() -> Problem.badRequest("origin names the log"));
    byte[] bytes = origin.getBytes(US_ASCII);
    if (bytes.length == 0 || bytes.length > Operation.MAX_ORIGIN) {
      throw Problem.badRequest("an origin has 1 to " + Operation.MAX_ORIGIN + " characters");
    }
    return Bytes.of(bytes);
  }

  private void head(Call call) throws IOException, Problem {
    Bytes origin = origin(call);
    StateKey key = StateKey.log(origin);
    LogHead head =
        state
            .value(key, LogHead.class)
            .orElseThrow(() -> Problem.notFound("no LogBlock of this origin was submitted"));
    state.answer(call, key, LogJson.of(head).put("origin", StateJson.text(origin)));
  }

  private void logBlock(Call call) throws IOException, Problem {
    Bytes origin = origin(call);
    Optional<KeptLogBlock> found =
        call.query("index").isPresent()
            ? LogBlocks.holding(
                origin, call.number("index", 0, Long.MAX_VALUE), state.ledger().state().state())
            : state.value(
                StateKey.logBlock(origin, call.number("number", 0, Long.MAX_VALUE)),
                KeptLogBlock.class);
    KeptLogBlock accepted =
        found.orElseThrow(() -> Problem.notFound("the chain has no such LogBlock"));
    StateKey key = StateKey.logBlock(origin, accepted.signed().block().number());
    state.answer(call, key, LogJson.of(accepted));
  }

  private void fork(Call call) throws IOException, Problem {
    StateKey key = StateKey.logFork(origin(call));
    LogFork fork =
        state
            .value(key, LogFork.class)
            .orElseThrow(() -> Problem.notFound("this log did not contradict itself"));
    state.answer(call, key, LogJson.of(fork));
  }
}
