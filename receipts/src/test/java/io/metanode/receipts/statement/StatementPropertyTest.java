package io.metanode.receipts.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.receipts.Account;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.Steps;
import io.metanode.receipts.Subject;
import io.metanode.receipts.json.JsonBytes;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementPropertyTest {

  private static final Subject SELF = new Subject("source/test", Steps.DIGEST);

  @Test
  void whatWasWrittenIsRead() {
    Property.check(
        "round trip",
        2_000,
        gen -> {
          Step step = Steps.any(gen);
          long sequence = gen.between(0, 1L << 52);
          byte[] payload = Statement.of(step, "origin", SELF).at(sequence, Steps.DIGEST);
          StepReceipt receipt = StatementReader.read(payload);
          Step expected = step.subjects().isEmpty() ? about(step, List.of(SELF)) : step;
          assertEquals(new StepReceipt(sequence, Steps.DIGEST, "origin", expected, 0), receipt);
        });
  }

  private static Step about(Step step, List<Subject> subjects) {
    return new Step(
        step.actor(),
        step.operation(),
        subjects,
        step.arguments(),
        step.verdict(),
        step.outcome(),
        step.startedAt(),
        step.finishedAt(),
        step.usage(),
        step.account());
  }

  @Test
  void timesAreWrittenAsTheFormatterWritesThem() {
    Property.check(
        "times",
        20_000,
        gen -> {
          long second =
              gen.pick(
                  gen.between(0, 1L << 33),
                  gen.between(-70_000_000_000L, 260_000_000_000L),
                  gen.between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                  253_402_300_799L,
                  253_402_300_800L,
                  -62_167_219_200L,
                  -62_167_219_201L);
          Instant instant = Instant.ofEpochSecond(second, gen.between(0, 999_999_999));
          JsonBytes json = new JsonBytes(1);
          Statement.time(instant, json);
          assertEquals(
              Statement.TIME.format(instant),
              new String(json.toByteArray(), StandardCharsets.US_ASCII));
        });
  }

  @Test
  void whateverIsTooLargeIsCutToFit() throws Exception {
    Step plain = Steps.plain(1);
    List<Subject> many =
        Collections.nCopies(3_000, new Subject("image/" + "x".repeat(2_000), Steps.DIGEST));
    Step huge =
        new Step(
            new io.metanode.receipts.Actor(
                "\u0000".repeat(5_000), "\ud800".repeat(9_000), java.util.OptionalLong.of(-1)),
            "\"".repeat(9_000),
            many,
            plain.arguments(),
            new io.metanode.receipts.Verdict(false, "é".repeat(9_000), Steps.DIGEST),
            new Outcome.Failed("\u0001".repeat(100_000)),
            plain.startedAt(),
            plain.finishedAt(),
            new io.metanode.receipts.Usage(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
            Optional.of(new Account("t".repeat(128), "a".repeat(128))));
    byte[] payload =
        Statement.of(huge, "o".repeat(Limits.ORIGIN), SELF).at((1L << 53) - 1, Steps.DIGEST);
    byte[] entry =
        Envelope.seal(payload, PrivateKeySigner.generate(new Gen(1)), Steps.DIGEST.hex());
    assertTrue(entry.length <= Limits.ENTRY, "entry of " + entry.length);
    StepReceipt receipt = StatementReader.read(Envelope.read(entry).payload());
    assertEquals(3_000, receipt.step().subjects().size() + receipt.subjectsOmitted());
  }

  @Test
  void noChangedByteIsReadAsTheSameReceipt() throws Exception {
    PrivateKeySigner signer = PrivateKeySigner.generate(new Gen(1));
    byte[] payload = Statement.of(Steps.plain(1), "origin", SELF).at(7, Steps.DIGEST);
    byte[] entry = Envelope.seal(payload, signer, signer.publicKey().id().hex());
    assertTrue(Envelope.read(entry).signedBy(signer.publicKey()));
    for (int i = 0; i < entry.length; i++) {
      byte[] changed = entry.clone();
      changed[i] ^= 1;
      assertTrue(refused(changed, signer), "byte " + i);
    }
    for (int length = 0; length < entry.length; length++) {
      byte[] cut = Arrays.copyOf(entry, length);
      assertThrows(ReceiptFormatException.class, () -> Envelope.read(cut));
    }
  }

  private static boolean refused(byte[] entry, PrivateKeySigner signer) {
    try {
      return !Envelope.read(entry).signedBy(signer.publicKey());
    } catch (ReceiptFormatException e) {
      return true;
    }
  }

  @Test
  void unknownCriticalFieldIsRefusedAndOthersArePassedOver() throws Exception {
    String text =
        new String(
            Statement.of(Steps.plain(1), "origin", SELF).at(7, Steps.DIGEST),
            StandardCharsets.UTF_8);
    String unknown = text.replace("\"finishedAt\"", "\"extra\":1,\"finishedAt\"");
    assertEquals(7, StatementReader.read(unknown.getBytes(StandardCharsets.UTF_8)).sequence());
    String critical = unknown.replace("\"extra\"", "\"critical\":[\"extra\"],\"extra\"");
    ReceiptFormatException refused =
        assertThrows(
            ReceiptFormatException.class,
            () -> StatementReader.read(critical.getBytes(StandardCharsets.UTF_8)));
    assertEquals(ReceiptFormatException.Fault.UNKNOWN_CRITICAL_FIELD, refused.fault());
  }

  @Test
  void whoPaysIsReadAndNoHostileNameIs() throws Exception {
    Step plain = Steps.plain(1);
    Step paid =
        new Step(
            plain.actor(),
            plain.operation(),
            plain.subjects(),
            plain.arguments(),
            plain.verdict(),
            plain.outcome(),
            plain.startedAt(),
            plain.finishedAt(),
            plain.usage(),
            Optional.of(new Account("acme", "-")));
    String text =
        new String(Statement.of(paid, "origin", SELF).at(7, Steps.DIGEST), StandardCharsets.UTF_8);
    assertTrue(text.contains("\"predicate\":{\"account\":{\"app\":\"-\",\"tenant\":\"acme\"},"));
    assertEquals(paid, read(text).step());
    List<String> hostile =
        List.of(
            "", "-", " a", "a b", "a\\u0000", "a\\nb", "é", "x".repeat(129), "../a", "\\u202ea");
    for (String name : hostile) {
      ReceiptFormatException refused =
          assertThrows(
              ReceiptFormatException.class,
              () -> read(text.replace("\"acme\"", "\"" + name + "\"")));
      assertTrue(
          refused.fault() == ReceiptFormatException.Fault.WRONG_VALUE
              || refused.fault() == ReceiptFormatException.Fault.BAD_JSON,
          name);
    }
    assertThrows(
        ReceiptFormatException.class,
        () -> read(text.replace("{\"app\":\"-\",\"tenant\":\"acme\"}", "\"acme\"")));
  }

  private static StepReceipt read(String statement) throws ReceiptFormatException {
    return StatementReader.read(statement.getBytes(StandardCharsets.UTF_8));
  }
}
