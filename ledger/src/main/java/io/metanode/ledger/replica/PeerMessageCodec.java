package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.state.StateChunk;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages between validators as bytes (docs/formats/ledger-network.md). What the decoder accepts
 * encodes to the same bytes again. Safe for use by many threads.
 */
public final class PeerMessageCodec {

  /** The longest message, in bytes: a chunk of a state, or one block. */
  public static final int MAX_LENGTH = Block.MAX_LENGTH + (1 << 17);

  /** The longest consensus message, in bytes. */
  public static final int MAX_CONSENSUS = 1 << 24;

  /** The most transactions of one message, and the most ids. */
  public static final int MAX_TRANSACTIONS = Block.MAX_TRANSACTIONS;

  /** The most blocks of one message. */
  public static final int MAX_BLOCKS = 256;

  /** The kind, and a length or a count. */
  private static final int HEAD = 1 + Integer.BYTES;

  private static final int CONSENSUS = 1;
  private static final int TRANSACTIONS = 2;
  private static final int WANT_TRANSACTIONS = 3;
  private static final int STATUS = 4;
  private static final int WANT_BLOCKS = 5;
  private static final int BLOCKS = 6;
  private static final int WANT_SNAPSHOT = 7;
  private static final int SNAPSHOT = 8;
  private static final int WANT_CHUNK = 9;
  private static final int CHUNK = 10;
  private static final int EVIDENCE = 11;

  private PeerMessageCodec() {}

  public static Bytes encode(PeerMessage message) {
    Encoder out = new Encoder(expected(message));
    switch (message) {
      case PeerMessage.Consensus m -> out.u8(CONSENSUS).prefixed(m.message());
      case PeerMessage.Transactions m -> {
        out.u8(TRANSACTIONS).u32(m.transactions().size());
        m.transactions().forEach(t -> t.writeTo(out));
      }
      case PeerMessage.WantTransactions m -> {
        out.u8(WANT_TRANSACTIONS).u32(m.ids().size());
        m.ids().forEach(id -> out.bytes32(id.value()));
      }
      case PeerMessage.Status m -> out.u8(STATUS).u64(m.height()).u64(m.first());
      case PeerMessage.WantBlocks m -> out.u8(WANT_BLOCKS).u64(m.from()).u32(m.count());
      case PeerMessage.Blocks m -> {
        out.u8(BLOCKS).u32(m.blocks().size());
        m.blocks().forEach(block -> out.prefixed(block.encode()));
      }
      case PeerMessage.WantSnapshot m -> out.u8(WANT_SNAPSHOT).u64(m.trusted());
      case PeerMessage.Snapshot m -> {
        out.u8(SNAPSHOT);
        m.offer().encode(out);
      }
      case PeerMessage.WantChunk m -> out.u8(WANT_CHUNK).u64(m.height()).u32(m.index());
      case PeerMessage.Chunk m -> out.u8(CHUNK).u64(m.height()).raw(m.chunk().encode());
      case PeerMessage.Evidence m -> out.u8(EVIDENCE).prefixed(m.evidence());
    }
    return out.finish();
  }

  private static int expected(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Consensus m -> HEAD + m.message().length();
      case PeerMessage.Transactions m ->
          HEAD + m.transactions().stream().mapToInt(t -> t.length() + Integer.BYTES).sum();
      case PeerMessage.WantTransactions m -> HEAD + m.ids().size() * Bytes32.LENGTH;
      default -> 256;
    };
  }

  public static PeerMessage decode(Bytes encoded) throws DecodingException {
    if (encoded.length() > MAX_LENGTH) {
      throw new DecodingException(
          DecodingFault.OVERSIZED, MAX_LENGTH, "a message of " + encoded.length() + " bytes");
    }
    Decoder in = encoded.decoder();
    PeerMessage message = message(in);
    in.end();
    return message;
  }

  private static PeerMessage message(Decoder in) throws DecodingException {
    int kind = in.u8();
    return switch (kind) {
      case CONSENSUS -> new PeerMessage.Consensus(in.prefixed(MAX_CONSENSUS));
      case TRANSACTIONS -> new PeerMessage.Transactions(transactions(in));
      case WANT_TRANSACTIONS -> new PeerMessage.WantTransactions(ids(in));
      case STATUS -> new PeerMessage.Status(in.u63(), in.u63());
      case WANT_BLOCKS -> new PeerMessage.WantBlocks(in.u63(), in.u31());
      case BLOCKS -> new PeerMessage.Blocks(blocks(in));
      case WANT_SNAPSHOT -> new PeerMessage.WantSnapshot(in.u63());
      case SNAPSHOT -> new PeerMessage.Snapshot(SnapshotOffer.decode(in));
      case WANT_CHUNK -> new PeerMessage.WantChunk(in.u63(), in.u31());
      case CHUNK -> new PeerMessage.Chunk(in.u63(), StateChunk.decode(in.raw(in.remaining())));
      case EVIDENCE -> new PeerMessage.Evidence(in.prefixed(Body.MAX_EVIDENCE_LENGTH));
      default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "message " + kind);
    };
  }

  private static List<Transaction> transactions(Decoder in) throws DecodingException {
    int count = in.count(MAX_TRANSACTIONS, Integer.BYTES + Transaction.MIN_LENGTH);
    List<Transaction> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(Transaction.decode(in.prefixed(Transaction.MAX_LENGTH)));
    }
    return transactions;
  }

  private static List<TransactionId> ids(Decoder in) throws DecodingException {
    int count = in.count(MAX_TRANSACTIONS, Bytes32.LENGTH);
    List<TransactionId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(new TransactionId(in.bytes32()));
    }
    return ids;
  }

  private static List<SealedBlock> blocks(Decoder in) throws DecodingException {
    int count = in.count(MAX_BLOCKS, Integer.BYTES);
    List<SealedBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(SealedBlock.decode(in.prefixed(MAX_LENGTH)));
    }
    return blocks;
  }
}
