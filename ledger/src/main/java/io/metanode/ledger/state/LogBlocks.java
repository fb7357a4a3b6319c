package io.metanode.ledger.state;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.MerkleProof;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.state.Operation.SubmitLogBlock;
import io.metanode.ledger.transaction.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Receipt logs that come in LogBlocks, each signed by its log, one after the other without a gap,
 * each tree proved to begin with the one before (RFC 9162 section 2.1.4.2). A log that signed two
 * LogBlocks which contradict each other is over: the two are kept as evidence.
 */
public final class LogBlocks {

  private LogBlocks() {}

  static Status apply(
      BlockContext context, AccountId sender, SubmitLogBlock operation, WorkingState state) {
    SignedLogBlock signed = operation.signed();
    LogBlock block = signed.block();
    if (!Anchors.printable(block.origin())) {
      return Status.ORIGIN_INVALID;
    }
    if (block.chain() != context.chain().value()) {
      return Status.LOGBLOCK_OTHER_CHAIN;
    }
    Optional<LogHead> head = state.value(StateKey.log(block.origin()), LogHead.class);
    if (head.isPresent() && head.get().forked()) {
      return Status.LOGBLOCK_LOG_FORKED;
    }
    if (!hasKeyOfItsLog(block, head, state)) {
      return Status.LOGBLOCK_KEY_WRONG;
    }
    if (!signed.holds()) {
      return Status.LOGBLOCK_SIGNATURE_WRONG;
    }
    Optional<SignedLogBlock> contradicted = head.flatMap(h -> contradicted(signed, h, state));
    if (contradicted.isPresent()) {
      state.put(StateKey.log(block.origin()), head.orElseThrow().asForked());
      state.put(
          StateKey.logFork(block.origin()),
          new LogFork(contradicted.get(), signed, context.height()));
      return Status.LOGBLOCK_FORKS;
    }
    Status status = follows(sender, operation, head, state);
    if (status == Status.OK) {
      state.put(StateKey.log(block.origin()), LogHead.after(signed, context.height()));
      state.put(
          StateKey.logBlock(block.origin(), block.number()),
          new KeptLogBlock(signed, context.timeMillis(), context.height()));
    }
    return status;
  }

  /** A LogBlock that a claim may cite: the chain took it, and its log never forked. */
  static Optional<KeptLogBlock> citable(Bytes origin, long number, WorkingState state) {
    return state
        .value(StateKey.log(origin), LogHead.class)
        .filter(head -> !head.forked())
        .flatMap(_ -> accepted(origin, number, state));
  }

  /** The LogBlock that holds the receipt {@code index} of a log; empty if it is not final. */
  public static Optional<KeptLogBlock> holding(Bytes origin, long index, StateReader reader) {
    WorkingState state = new WorkingState(reader);
    return state
        .value(StateKey.log(origin), LogHead.class)
        .flatMap(head -> holding(origin, index, head, state));
  }

  /** The key is that of the log at this number, and the next one is a key at all. */
  private static boolean hasKeyOfItsLog(
      LogBlock block, Optional<LogHead> head, WorkingState state) {
    Bytes32 expected =
        head.map(
                h ->
                    accepted(block.origin(), block.number(), state)
                        .map(known -> known.signed().block().key())
                        .orElse(h.key()))
            .orElse(block.key());
    byte[] next = block.nextKey().bytes();
    return block.key().equals(expected)
        && Ed25519Acceptance.acceptsKey(next)
        && Ed25519PublicKey.ofBytes(next).isPresent();
  }

  /** What the chain took of this log and this LogBlock denies. */
  private static Optional<SignedLogBlock> contradicted(
      SignedLogBlock signed, LogHead head, WorkingState state) {
    Bytes origin = signed.block().origin();
    return Stream.of(
            accepted(origin, signed.block().number(), state),
            ofSize(origin, signed.block().to(), head, state))
        .flatMap(Optional::stream)
        .map(KeptLogBlock::signed)
        .filter(known -> LogFork.contradict(known, signed))
        .findFirst();
  }

  private static Optional<KeptLogBlock> ofSize(
      Bytes origin, long size, LogHead head, WorkingState state) {
    return holding(origin, size - 1, head, state)
        .filter(known -> known.signed().block().to() == size);
  }

  /** The LogBlock that holds a receipt, found by halving: ranges grow with numbers. */
  private static Optional<KeptLogBlock> holding(
      Bytes origin, long index, LogHead head, WorkingState state) {
    if (index < 0 || index >= head.size()) {
      return Optional.empty();
    }
    long least = 0;
    long most = head.number();
    while (least < most) {
      long middle = (least + most) >>> 1;
      if (accepted(origin, middle, state).orElseThrow().signed().block().to() <= index) {
        least = middle + 1;
      } else {
        most = middle;
      }
    }
    return accepted(origin, least, state);
  }

  private static Optional<KeptLogBlock> accepted(Bytes origin, long number, WorkingState state) {
    return state.value(StateKey.logBlock(origin, number), KeptLogBlock.class);
  }

  private static Status follows(
      AccountId sender, SubmitLogBlock operation, Optional<LogHead> head, WorkingState state) {
    LogBlock block = operation.signed().block();
    Optional<Anchor> anchor = state.value(StateKey.anchor(block.origin()), Anchor.class);
    AccountId owner = head.map(LogHead::owner).or(() -> anchor.map(Anchor::owner)).orElse(sender);
    if (!sender.equals(owner) || !block.owner().equals(owner.value())) {
      return Status.LOGBLOCK_NOT_OWNER;
    }
    long number = head.map(h -> h.number() + 1).orElse(0L);
    if (block.number() != number) {
      return block.number() < number ? Status.LOGBLOCK_KNOWN : Status.LOGBLOCK_NUMBER_AHEAD;
    }
    if (!block.previous().equals(head.map(LogHead::digest).orElse(Bytes32.ZERO))) {
      return Status.LOGBLOCK_PREVIOUS_WRONG;
    }
    long from = head.map(LogHead::size).orElse(0L);
    if (block.from() != from) {
      return block.from() < from ? Status.LOGBLOCK_OVERLAPS : Status.LOGBLOCK_GAP;
    }
    boolean beyond = anchor.isPresent() && anchor.get().size() > from;
    long size = beyond ? anchor.get().size() : from;
    Bytes32 root = beyond ? anchor.get().root() : head.map(LogHead::root).orElse(Bytes32.ZERO);
    return fits(size, root, block, operation.proof()) ? Status.OK : Status.LOGBLOCK_INCONSISTENT;
  }

  /**
   * Whether the largest tree that is known of the log and this one begin alike. A LogBlock may end
   * before the newest anchor does, as where the log's key changed before it; it is then proved to
   * be the beginning of what was anchored, and so each later one to follow from both.
   */
  private static boolean fits(long size, Bytes32 root, LogBlock block, List<Bytes32> proof) {
    if (block.to() < size) {
      return consistent(block.to(), block.root(), size, root, proof);
    }
    return size == 0 ? proof.isEmpty() : consistent(size, root, block.to(), block.root(), proof);
  }

  private static boolean consistent(
      long size, Bytes32 root, long later, Bytes32 laterRoot, List<Bytes32> proof) {
    return MerkleProof.consistent(
        size, root.bytes(), later, laterRoot.bytes(), proof.stream().map(Bytes32::bytes).toList());
  }
}
