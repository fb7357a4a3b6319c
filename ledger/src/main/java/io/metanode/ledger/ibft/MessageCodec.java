package io.metanode.ledger.ibft;

import java.util.Optional;
import java.util.function.Function;

/**
 * Messages, vote records and evidence as bytes (docs/formats/consensus.md). What a decoder accepts
 * encodes to the same bytes again.
 */
public final class MessageCodec {

  private static final int USUAL = 512;

  private MessageCodec() {}

  public static byte[] encode(Message message) {
    WireWriter writer = new WireWriter(USUAL).u8(message.signed().payload().kind());
    PayloadCodec.writeSigned(writer, message.signed());
    switch (message) {
      case Message.ProposalMessage m -> {
        PayloadCodec.writeBlock(writer, m.proposal());
        writer.list(m.roundChanges(), PayloadCodec::writeSigned);
        writer.list(m.prepares(), PayloadCodec::writeSigned);
      }
      case Message.PrepareMessage m -> {}
      case Message.CommitMessage m -> {}
      case Message.RoundChangeMessage m ->
          writer.optional(m.certificate(), PayloadCodec::writeCertificate);
    }
    return writer.toBytes();
  }

  /** The message; empty if the bytes are anything else than one message. */
  public static Optional<Message> decode(byte[] bytes) {
    return decode(bytes, MessageCodec::readMessage);
  }

  private static Message readMessage(WireReader reader) {
    int kind = reader.u8();
    return switch (kind) {
      case Payload.ProposalPayload.KIND ->
          new Message.ProposalMessage(
              PayloadCodec.readProposal(reader),
              PayloadCodec.readBlock(reader),
              reader.list(PayloadCodec::readRoundChange),
              reader.list(PayloadCodec::readPrepare));
      case Payload.PreparePayload.KIND ->
          new Message.PrepareMessage(PayloadCodec.readPrepare(reader));
      case Payload.CommitPayload.KIND -> new Message.CommitMessage(PayloadCodec.readCommit(reader));
      case Payload.RoundChangePayload.KIND ->
          new Message.RoundChangeMessage(
              PayloadCodec.readRoundChange(reader), reader.optional(PayloadCodec::readCertificate));
      default -> throw new WireReader.Malformed("kind " + kind);
    };
  }

  static byte[] encodeVotes(VoteRecord votes) {
    return new WireWriter(USUAL)
        .u64(votes.height().value())
        .u32(votes.round().value())
        .optional(votes.proposed(), (w, d) -> w.raw(d.bytes()))
        .optional(votes.prepared(), (w, d) -> w.raw(d.bytes()))
        .optional(votes.lock(), PayloadCodec::writeCertificate)
        .toBytes();
  }

  static Optional<VoteRecord> decodeVotes(byte[] bytes) {
    return decode(
        bytes,
        reader ->
            new VoteRecord(
                PayloadCodec.height(reader),
                PayloadCodec.round(reader),
                reader.optional(WireReader::digest),
                reader.optional(WireReader::digest),
                reader.optional(PayloadCodec::readCertificate)));
  }

  public static byte[] encode(Evidence evidence) {
    WireWriter writer = new WireWriter(USUAL).u8(evidence.first().payload().kind());
    PayloadCodec.writeSigned(writer, evidence.first());
    PayloadCodec.writeSigned(writer, evidence.second());
    return writer.toBytes();
  }

  /** The evidence; empty if the bytes are not that of a contradiction. */
  public static Optional<Evidence> decodeEvidence(byte[] bytes) {
    return decode(bytes, MessageCodec::readEvidence).filter(Evidence::isContradiction);
  }

  private static Evidence readEvidence(WireReader reader) {
    int kind = reader.u8();
    return new Evidence(
        PayloadCodec.readSigned(reader, kind), PayloadCodec.readSigned(reader, kind));
  }

  private static <T> Optional<T> decode(byte[] bytes, Function<WireReader, T> read) {
    WireReader reader = new WireReader(bytes);
    try {
      return Optional.of(reader.end(read.apply(reader)));
    } catch (WireReader.Malformed e) {
      return Optional.empty();
    }
  }
}
