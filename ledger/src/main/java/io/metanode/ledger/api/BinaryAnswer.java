package io.metanode.ledger.api;

import io.metanode.foundation.Encoder;
import io.metanode.ledger.service.Answer;
import java.util.List;

/**
 * The answer to a batch in eleven bytes a transaction, in their order: what became of it (0
 * waiting, 1 final, 2 refused), a code in two bytes (of the result, or of the admission), the
 * block's height in eight (0 unless it is final). Format: docs/formats/ledger-api.md.
 */
final class BinaryAnswer {

  private static final int LENGTH = 1 + 2 + 8;
  private static final int WAITING = 0;
  private static final int FINAL = 1;
  private static final int REFUSED = 2;

  private BinaryAnswer() {}

  static byte[] encode(List<Answer> answers) {
    Encoder out = new Encoder(LENGTH * answers.size());
    for (Answer answer : answers) {
      answer
          .outcome()
          .ifPresentOrElse(
              outcome -> out.u8(FINAL).u16(outcome.code()).u64(outcome.height()),
              () -> {
                boolean waits = answer.admission().isAccepted();
                out.u8(waits ? WAITING : REFUSED).u16(answer.admission().code()).u64(0);
              });
    }
    return out.toArray();
  }
}
