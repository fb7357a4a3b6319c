package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.Signer;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import java.nio.charset.StandardCharsets;

/** Payloads, signed payloads and certificates as bytes (docs/formats/consensus.md). */
public final class PayloadCodec {

  private static final byte[] DOMAIN = "metanode-qbft-v1".getBytes(StandardCharsets.US_ASCII);
  private static final int USUAL = 256;

  private PayloadCodec() {}

  /** What the author of a payload signs: domain, chain, kind, payload. */
  public static byte[] signingBytes(ChainId chain, Payload payload) {
    WireWriter writer = new WireWriter(USUAL).raw(DOMAIN).raw(chain.bytes()).u8(payload.kind());
    writePayload(writer, payload);
    return writer.toBytes();
  }

  private static void writePayload(WireWriter writer, Payload payload) {
    writer.u64(payload.height().value()).u32(payload.round().value());
    switch (payload) {
      case Payload.ProposalPayload p -> writer.raw(p.digest().bytes());
      case Payload.PreparePayload p -> writer.raw(p.digest().bytes());
      case Payload.CommitPayload p -> writer.raw(p.digest().bytes()).raw(p.seal().bytes());
      case Payload.RoundChangePayload p -> writer.optional(p.prepared(), PayloadCodec::writeClaim);
    }
  }

  private static void writeClaim(WireWriter writer, Payload.PreparedClaim claim) {
    writer.u32(claim.round().value()).raw(claim.digest().bytes());
  }

  static void writeSigned(WireWriter writer, Signed<? extends Payload> signed) {
    writer.raw(signed.author().bytes()).raw(signed.signature().bytes());
    writePayload(writer, signed.payload());
  }

  static Signed<Payload.ProposalPayload> readProposal(WireReader reader) {
    Author author = Author.read(reader);
    return author.of(new Payload.ProposalPayload(height(reader), round(reader), reader.digest()));
  }

  static Signed<Payload.PreparePayload> readPrepare(WireReader reader) {
    Author author = Author.read(reader);
    return author.of(new Payload.PreparePayload(height(reader), round(reader), reader.digest()));
  }

  static Signed<Payload.CommitPayload> readCommit(WireReader reader) {
    Author author = Author.read(reader);
    return author.of(
        new Payload.CommitPayload(
            height(reader),
            round(reader),
            reader.digest(),
            BlsSignature.ofBytes(reader.raw(BlsSignature.LENGTH))));
  }

  static Signed<Payload.RoundChangePayload> readRoundChange(WireReader reader) {
    Author author = Author.read(reader);
    return author.of(
        new Payload.RoundChangePayload(
            height(reader),
            round(reader),
            reader.optional(r -> new Payload.PreparedClaim(round(r), r.digest()))));
  }

  /** Any signed payload of the given kind. */
  static Signed<? extends Payload> readSigned(WireReader reader, int kind) {
    return switch (kind) {
      case Payload.ProposalPayload.KIND -> readProposal(reader);
      case Payload.PreparePayload.KIND -> readPrepare(reader);
      case Payload.CommitPayload.KIND -> readCommit(reader);
      case Payload.RoundChangePayload.KIND -> readRoundChange(reader);
      default -> throw new WireReader.Malformed("kind " + kind);
    };
  }

  static void writeCertificate(WireWriter writer, PreparedCertificate certificate) {
    writeBlock(writer, certificate.proposal());
    writer.u32(certificate.round().value()).list(certificate.prepares(), PayloadCodec::writeSigned);
  }

  static PreparedCertificate readCertificate(WireReader reader) {
    return new PreparedCertificate(
        readBlock(reader), round(reader), reader.list(PayloadCodec::readPrepare));
  }

  static void writeBlock(WireWriter writer, Proposal proposal) {
    writer.u64(proposal.height().value()).raw(proposal.digest().bytes()).sized(proposal.payload());
  }

  static Proposal readBlock(WireReader reader) {
    return new Proposal(height(reader), reader.digest(), reader.sized());
  }

  static Height height(WireReader reader) {
    return new Height(reader.u63());
  }

  static Round round(WireReader reader) {
    return new Round(reader.u31());
  }

  private record Author(ValidatorId id, Signature signature) {
    static Author read(WireReader reader) {
      return new Author(
          new ValidatorId(reader.digest()), Signature.ofBytes(reader.raw(Signer.SIGNATURE_LENGTH)));
    }

    <P extends Payload> Signed<P> of(P payload) {
      return new Signed<>(payload, id, signature);
    }
  }
}
