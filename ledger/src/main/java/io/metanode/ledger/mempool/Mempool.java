package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that wait for a block, in memory, within limits. What a mempool holds and in
 * which order it proposes follow from what was offered and decided, never from a clock. Only
 * verified transactions come in; {@link #precheck} says beforehand whether verifying is worth it.
 *
 * <p>Used by one thread.
 */
public final class Mempool {

  private final ChainTag chain;
  private final MempoolLimits limits;
  private final AccountView accounts;
  private final Map<TransactionId, Waiting> byId = new HashMap<>();
  private final Map<AccountId, Lane> lanes = new HashMap<>();

  /** Kept from when something had to give way until half of the room is free. */
  private final TreeSet<Tail> tails = new TreeSet<>(Tail.GIVES_WAY);

  /** Nothing here expires before this height. */
  private long firstExpiry = Long.MAX_VALUE;

  private boolean tailsListed;
  private long bytes;
  private long height;

  /**
   * @param height of the last block
   */
  public Mempool(ChainTag chain, MempoolLimits limits, AccountView accounts, long height) {
    this.chain = chain;
    this.limits = limits;
    this.accounts = accounts;
    this.height = height;
  }

  public int size() {
    return byId.size();
  }

  /** The bytes of all encodings together. */
  public long bytes() {
    return bytes;
  }

  /** What {@link #add} would answer if the signature holds; it changes nothing. */
  public Admission precheck(Transaction transaction) {
    Admission admission = beforeLane(transaction);
    return admission.isAccepted() ? inLane(transaction, lane(transaction.sender())) : admission;
  }

  /** What can be said without the sender's lane. */
  private Admission beforeLane(Transaction transaction) {
    if (byId.containsKey(transaction.id())) {
      return Admission.DUPLICATE;
    }
    if (!transaction.draft().chain().equals(chain)) {
      return Admission.WRONG_CHAIN;
    }
    if (transaction.draft().expiry() <= height) {
      return Admission.EXPIRED;
    }
    if (!accounts.maySucceed(transaction)) {
      return Admission.CANNOT_SUCCEED;
    }
    return Admission.ACCEPTED;
  }

  private Admission inLane(Transaction transaction, Lane lane) {
    Standing standing = standing(lane);
    long next = standing.nextSequence();
    if (transaction.sequence() < next) {
      return Admission.SEQUENCE_USED;
    }
    if (transaction.sequence() - next >= limits.perSender()) {
      return Admission.SEQUENCE_TOO_FAR;
    }
    Optional<Waiting> replaced = lane.at(transaction.sequence());
    long fee = transaction.draft().fee();
    if (replaced.isPresent() && fee < limits.replacementFee(replaced.get().fee())) {
      return Admission.REPLACEMENT_UNDERPRICED;
    }
    long others = lane.fees() - replaced.map(Waiting::fee).orElse(0L);
    if (fee > standing.feesPayable() - others) {
      return Admission.FEES_NOT_COVERED;
    }
    if (replaced.isPresent()) {
      return Admission.REPLACED;
    }
    return Admission.ACCEPTED;
  }

  /** What the sender may do next; asked once a block. */
  private Standing standing(Lane lane) {
    if (lane.asOf() != height) {
      Standing now = accounts.standing(lane.sender());
      if (now.nextSequence() == lane.standing().nextSequence()) {
        lane.learn(now, height);
      } else {
        unlist(lane);
        learn(lane, now);
        relist(lane);
      }
    }
    return lane.standing();
  }

  /** Takes a transaction, or says why not. */
  public Admission add(VerifiedTransaction verified) {
    Transaction transaction = verified.transaction();
    Admission early = beforeLane(transaction);
    if (!early.isAccepted()) {
      return early;
    }
    Lane lane = lane(transaction.sender());
    Admission admission = inLane(transaction, lane);
    if (!admission.isAccepted()) {
      return admission;
    }
    Waiting entry = new Waiting(verified, lane);
    Optional<Waiting> replaced = lane.at(entry.sequence());
    replaced.ifPresent(this::remove);
    insert(entry);
    List<Waiting> evicted = shrink();
    if (!evicted.contains(entry)) {
      return admission;
    }
    evicted.remove(entry);
    evicted.forEach(this::insert);
    replaced.ifPresent(this::insert);
    return Admission.POOL_FULL;
  }

  /** Gives up what is worth least until the limits hold. */
  private List<Waiting> shrink() {
    boolean full = byId.size() > limits.count() || bytes > limits.bytes();
    if (!full) {
      forgetTails();
      return List.of();
    }
    listTails();
    List<Waiting> evicted = new ArrayList<>();
    while (byId.size() > limits.count() || bytes > limits.bytes()) {
      Waiting worst = tails.first().waiting();
      remove(worst);
      evicted.add(worst);
    }
    return evicted;
  }

  private void listTails() {
    if (!tailsListed) {
      tailsListed = true;
      lanes.values().forEach(lane -> lane.tail().ifPresent(tails::add));
    }
  }

  private void forgetTails() {
    if (tailsListed && byId.size() < limits.count() / 2 && bytes < limits.bytes() / 2) {
      tailsListed = false;
      tails.clear();
    }
  }

  /** What waits of a sender: of one of whom nothing does, a lane that is not among the others. */
  private Lane lane(AccountId sender) {
    Lane known = lanes.get(sender);
    return known != null ? known : new Lane(sender, accounts.standing(sender), height);
  }

  private void insert(Waiting entry) {
    Lane lane = entry.lane();
    if (lane.size() == 0) {
      lanes.put(lane.sender(), lane);
    }
    unlist(lane);
    lane.put(entry);
    list(lane);
    byId.put(entry.id(), entry);
    firstExpiry = Math.min(firstExpiry, entry.expiry());
    bytes += entry.length();
  }

  private void remove(Waiting entry) {
    Lane lane = entry.lane();
    unlist(lane);
    drop(entry);
    relist(lane);
  }

  /** Takes out an entry whose lane is not listed. */
  private void drop(Waiting entry) {
    byId.remove(entry.id());
    forget(entry);
  }

  private void forget(Waiting entry) {
    entry.lane().remove(entry);
    bytes -= entry.length();
  }

  private void relist(Lane lane) {
    if (lane.size() == 0) {
      lanes.remove(lane.sender());
    } else {
      list(lane);
    }
  }

  private void unlist(Lane lane) {
    if (tailsListed) {
      lane.tail().ifPresent(tails::remove);
    }
  }

  private void list(Lane lane) {
    if (tailsListed) {
      lane.tail().ifPresent(tails::add);
    }
  }

  /**
   * A block at {@code decided} was applied: what it held goes, what expired goes, and what waited
   * behind it moves up. The account view must answer for the state after it.
   *
   * @param transactions the block's
   */
  public void decided(long decided, Collection<Transaction> transactions) {
    height = decided;
    for (Transaction transaction : transactions) {
      Waiting entry = byId.remove(transaction.id());
      Lane lane = entry == null ? lanes.get(transaction.sender()) : entry.lane();
      if (lane != null) {
        settle(lane, entry);
      }
    }
    if (firstExpiry <= height) {
      expire();
    }
  }

  /**
   * @param decided of the lane, and no longer found by its id
   */
  private void settle(Lane lane, @Nullable Waiting decided) {
    unlist(lane);
    if (decided != null) {
      forget(decided);
    }
    if (lane.size() > 0) {
      learn(lane, accounts.standing(lane.sender()));
    }
    relist(lane);
  }

  private void expire() {
    byId.values().stream().filter(entry -> entry.expiry() <= height).toList().forEach(this::remove);
    firstExpiry = byId.values().stream().mapToLong(Waiting::expiry).min().orElse(Long.MAX_VALUE);
  }

  /** What the sender used already goes; the lane is not listed. */
  private void learn(Lane lane, Standing next) {
    lane.learn(next, height);
    Optional<Waiting> used = lane.used();
    while (used.isPresent()) {
      drop(used.get());
      used = lane.used();
    }
  }

  /** The transaction with this id, if it waits here. */
  public Optional<VerifiedTransaction> find(TransactionId id) {
    return Optional.ofNullable(byId.get(id)).map(Waiting::verified);
  }

  /**
   * What to propose: by priority, each sender's in the order of their sequences.
   *
   * @param count at most so many
   * @param length at most so many bytes of encodings together
   */
  public List<VerifiedTransaction> select(int count, long length) {
    List<Waiting> heads = new ArrayList<>(lanes.size());
    lanes.values().forEach(lane -> lane.head().ifPresent(heads::add));
    return new Selection(heads, Mempool::successor).take(count, length);
  }

  private static Optional<Waiting> successor(Waiting entry) {
    return entry.lane().at(entry.sequence() + 1);
  }
}
