package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.store.Chain;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between an engine and its peers: no vote leaves before the journal remembers it, and none at all
 * while {@link Silence} covers its height. All votes of one call to the replica take one sync.
 */
final class VoteMemory {

  /** The votes of one round: a proposal or round change, a prepare, a commit. */
  private static final int RECENT = 4;

  private record Vote(long height, PeerMessage message) {}

  private final Chain chain;
  private final VoteJournal journal;
  private final ProposalGate gate;
  private final Outbox out;
  private final Silence silence;
  private final List<Vote> held = new ArrayList<>();
  private final ArrayDeque<PeerMessage> recent = new ArrayDeque<>();
  private Optional<byte[]> record = Optional.empty();
  private Optional<Digest> locked = Optional.empty();

  VoteMemory(Chain chain, VoteJournal journal, ProposalGate gate, Outbox out) {
    this.chain = chain;
    this.journal = journal;
    this.gate = gate;
    this.out = out;
    Optional<byte[]> last = journal.record().map(Bytes::toArray);
    boolean ahead = last.isPresent() && heightOf(last.get()) > chain.height() + 1;
    silence = last.isEmpty() ? Silence.unknown() : Silence.until(ahead ? heightOf(last.get()) : 0);
    if (last.isPresent() && !ahead) {
      restoreLock(last.get());
    }
  }

  private static long heightOf(byte[] votes) {
    return QbftEngine.heightOf(votes).value();
  }

  private void restoreLock(byte[] votes) {
    locked = QbftEngine.lockOf(votes);
    try {
      if (locked.isPresent() && journal.locked().isPresent()) {
        gate.put(Block.decode(journal.locked().get()));
      }
    } catch (DecodingException e) {
      throw new IllegalStateException("the journal of votes holds no block where one must be", e);
    }
  }

  /** The record with which an engine for the next height begins. */
  Optional<byte[]> last() {
    return journal
        .record()
        .map(Bytes::toArray)
        .filter(votes -> heightOf(votes) <= chain.height() + 1);
  }

  Silence silence() {
    return silence;
  }

  void persist(byte[] votes) {
    record = Optional.of(votes);
  }

  void broadcast(long height, PeerMessage message) {
    if (!silence.covers(height)) {
      out.broadcast(message);
      remember(message);
    } else if (silence.isUnknown()) {
      held.add(new Vote(height, message));
    }
  }

  private void remember(PeerMessage message) {
    recent.remove(message);
    recent.addLast(message);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
  }

  /**
   * The last votes for the height being decided, as they were sent: for a peer whose link was down.
   * They are durable, for what an earlier call sent is.
   */
  List<PeerMessage> recent() {
    return List.copyOf(recent);
  }

  /** A height was decided: votes for it are of no more use. */
  void decided() {
    held.clear();
    recent.clear();
  }

  /**
   * It is known now up to where to be silent, which is remembered, so that another restart does not
   * silence it again: sends what was held back in vain.
   */
  void speak() throws IOException {
    journal.write(Bytes.of(QbftEngine.blank(new Height(silence.end() + 1))), Optional.empty());
    List<Vote> votes = List.copyOf(held);
    held.clear();
    votes.forEach(vote -> broadcast(vote.height(), vote.message()));
  }

  /**
   * Makes the votes durable. Votes of a height that was decided meanwhile need not be: none will
   * follow.
   */
  void flush() throws IOException {
    if (record.isEmpty() || (silence.isUnknown() && heightOf(record.get()) > chain.height())) {
      return;
    }
    byte[] votes = record.get();
    record = Optional.empty();
    long height = heightOf(votes);
    if (height <= chain.height() || silence.covers(height)) {
      return;
    }
    Optional<Digest> lock = QbftEngine.lockOf(votes);
    Optional<Bytes> block =
        lock.equals(locked) ? Optional.empty() : lock.flatMap(gate::block).map(Block::encode);
    journal.write(Bytes.of(votes), block);
    locked = lock.or(() -> locked);
  }

  void close() throws IOException {
    journal.close();
  }
}
