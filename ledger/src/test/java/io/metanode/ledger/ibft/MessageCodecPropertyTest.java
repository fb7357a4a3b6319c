package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageCodecPropertyTest {

  private static final int CASES = 500;

  private static Digest digest(Gen gen) {
    return Digest.ofBytes(gen.bytes(32));
  }

  private static Height height(Gen gen) {
    return new Height(gen.between(0, Long.MAX_VALUE));
  }

  private static Round round(Gen gen) {
    return new Round(gen.intBetween(0, Integer.MAX_VALUE));
  }

  private static <P extends Payload> Signed<P> signed(Gen gen, P payload) {
    return new Signed<>(payload, new ValidatorId(digest(gen)), Signature.ofBytes(gen.bytes(64)));
  }

  private static Signed<Payload.PreparePayload> prepare(Gen gen) {
    return signed(gen, new Payload.PreparePayload(height(gen), round(gen), digest(gen)));
  }

  private static Signed<Payload.RoundChangePayload> roundChange(Gen gen) {
    Optional<Payload.PreparedClaim> claim =
        gen.bool()
            ? Optional.empty()
            : Optional.of(new Payload.PreparedClaim(round(gen), digest(gen)));
    return signed(gen, new Payload.RoundChangePayload(height(gen), round(gen), claim));
  }

  private static Proposal block(Gen gen) {
    return new Proposal(height(gen), digest(gen), gen.bytes(gen.intBetween(0, 100)));
  }

  private static Optional<PreparedCertificate> certificate(Gen gen) {
    return gen.bool()
        ? Optional.empty()
        : Optional.of(
            new PreparedCertificate(
                block(gen), round(gen), gen.list(0, 4, MessageCodecPropertyTest::prepare)));
  }

  private static Message message(Gen gen) {
    return switch (gen.intBetween(0, 3)) {
      case 0 ->
          new Message.ProposalMessage(
              signed(gen, new Payload.ProposalPayload(height(gen), round(gen), digest(gen))),
              block(gen),
              gen.list(0, 4, MessageCodecPropertyTest::roundChange),
              gen.list(0, 4, MessageCodecPropertyTest::prepare));
      case 1 -> new Message.PrepareMessage(prepare(gen));
      case 2 ->
          new Message.CommitMessage(
              signed(
                  gen,
                  new Payload.CommitPayload(
                      height(gen),
                      round(gen),
                      digest(gen),
                      BlsSignature.ofBytes(gen.bytes(BlsSignature.LENGTH)))));
      default -> new Message.RoundChangeMessage(roundChange(gen), certificate(gen));
    };
  }

  @Test
  void messagesSurviveTheirBytes() {
    Property.check(
        "messages survive their bytes",
        CASES,
        gen -> {
          Message message = message(gen);
          byte[] bytes = MessageCodec.encode(message);
          assertEquals(Optional.of(message), MessageCodec.decode(bytes));
        });
  }

  @Test
  void voteRecordsSurviveTheirBytes() {
    Property.check(
        "vote records survive their bytes",
        CASES,
        gen -> {
          VoteRecord votes =
              new VoteRecord(
                  height(gen),
                  round(gen),
                  Optional.of(digest(gen)).filter(d -> gen.bool()),
                  Optional.of(digest(gen)).filter(d -> gen.bool()),
                  certificate(gen));
          byte[] bytes = MessageCodec.encodeVotes(votes);
          assertEquals(Optional.of(votes), MessageCodec.decodeVotes(bytes));
        });
  }

  @Test
  void whatIsTruncatedOrTooLongIsRefused() {
    Property.check(
        "truncated or too long messages are refused",
        CASES,
        gen -> {
          byte[] bytes = MessageCodec.encode(message(gen));
          int length = gen.intBetween(0, bytes.length - 1);
          assertTrue(MessageCodec.decode(Arrays.copyOf(bytes, length)).isEmpty());
          assertTrue(MessageCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)).isEmpty());
        });
  }

  /** Whatever is accepted has one encoding: the bytes that were read. */
  @Test
  void whatIsDamagedIsRefusedOrReadAsItStands() {
    Property.check(
        "damaged messages are refused or canonical",
        CASES * 4,
        gen -> {
          byte[] bytes = MessageCodec.encode(message(gen));
          int flips = gen.intBetween(1, 4);
          for (int i = 0; i < flips; i++) {
            bytes[gen.intBetween(0, bytes.length - 1)] = (byte) gen.nextLong();
          }
          MessageCodec.decode(bytes)
              .ifPresent(m -> assertArrayEquals(bytes, MessageCodec.encode(m)));
          MessageCodec.decodeVotes(bytes)
              .ifPresent(v -> assertArrayEquals(bytes, MessageCodec.encodeVotes(v)));
          MessageCodec.decodeEvidence(bytes)
              .ifPresent(e -> assertArrayEquals(bytes, MessageCodec.encode(e)));
        });
  }

  @Test
  void noiseIsRefused() {
    Property.check(
        "noise is refused or canonical",
        CASES * 4,
        gen -> {
          byte[] bytes = gen.bytes(gen.intBetween(0, 400));
          if (bytes.length > 0) {
            bytes[0] = (byte) gen.intBetween(0, 5);
          }
          MessageCodec.decode(bytes)
              .ifPresent(m -> assertArrayEquals(bytes, MessageCodec.encode(m)));
        });
  }

  @Test
  void theLastWholeRecordOfATornJournalCounts() {
    Property.check(
        "the last whole record of a torn journal counts",
        CASES,
        gen -> {
          byte[] first = gen.bytes(gen.intBetween(0, 60));
          byte[] second = gen.bytes(gen.intBetween(1, 60));
          byte[] a = VoteFrames.frame(first);
          byte[] b = VoteFrames.frame(second);
          int torn = gen.intBetween(0, b.length);
          byte[] journal = Arrays.copyOf(a, a.length + torn);
          System.arraycopy(b, 0, journal, a.length, torn);
          byte[] last = VoteFrames.last(journal).orElseThrow();
          assertArrayEquals(torn == b.length ? second : first, last);
          assertEquals(
              torn == b.length ? journal.length : a.length, VoteFrames.wholeLength(journal));
        });
  }
}
