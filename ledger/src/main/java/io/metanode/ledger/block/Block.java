package io.metanode.ledger.block;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header and all it stands for. Whether they agree is for {@link BlockRules} to say. */
public final class Block {

  private static final int MAGIC = 0x4d4e4b01;

  public static final int MAX_TRANSACTIONS = 1 << 16;

  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH = 1 << 25;

  private final BlockHeader header;
  private final Body body;
  private final List<Transaction> transactions;

  /** Made once: a validator writes it down with its vote, and again when it is decided. */
  private volatile @Nullable Bytes encoded;

  public Block(BlockHeader header, Body body, List<Transaction> transactions) {
    this.header = header;
    this.body = body;
    this.transactions = List.copyOf(transactions);
  }

  public BlockHeader header() {
    return header;
  }

  public Body body() {
    return body;
  }

  public List<Transaction> transactions() {
    return transactions;
  }

  public BlockId id() {
    return header.id();
  }

  public List<TransactionId> ids() {
    return transactions.stream().map(Transaction::id).toList();
  }

  /** The block with ids in place of transactions. */
  public CompactBlock compact() {
    return new CompactBlock(header, body, ids());
  }

  /** The tree under the header's transaction root. */
  public MerkleList tree() {
    return tree(ids());
  }

  static MerkleList tree(List<TransactionId> ids) {
    return new MerkleList(ids.stream().map(TransactionId::value).toList());
  }

  public Bytes encode() {
    Bytes known = encoded;
    if (known == null) {
      known = encoding();
      encoded = known;
    }
    return known;
  }

  private Bytes encoding() {
    Encoder head = new Encoder(2 * BlockHeader.LENGTH).u32(MAGIC);
    header.encode(head);
    body.encode(head);
    head.u32(transactions.size());
    int length = transactions.stream().mapToInt(t -> t.length() + Integer.BYTES).sum();
    Encoder out = new Encoder(head.size() + length).raw(head.finish());
    transactions.forEach(t -> t.writeTo(out));
    return out.finish();
  }

  public static Block decode(Bytes encoded) throws DecodingException {
    if (encoded.length() > MAX_LENGTH) {
      throw new DecodingException(
          DecodingFault.OVERSIZED, MAX_LENGTH, "a block of " + encoded.length() + " bytes");
    }
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    BlockHeader header = BlockHeader.decode(in);
    Body body = Body.decode(in);
    int count = in.count(MAX_TRANSACTIONS, Integer.BYTES + Transaction.MIN_LENGTH);
    List<Transaction> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(Transaction.decode(in.prefixed(Transaction.MAX_LENGTH)));
    }
    in.end();
    return new Block(header, body, transactions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that
        && header.equals(that.header)
        && body.equals(that.body)
        && transactions.equals(that.transactions);
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }

  /** The height and the id. */
  @Override
  public String toString() {
    return "block %d %s".formatted(header.height(), id());
  }

  /** What the header must say of this body. */
  public static Contents contents(Body body, List<TransactionId> ids) {
    Bytes32 root = tree(ids).root();
    return new Contents(ids.size(), root, body.evidenceRoot());
  }
}
