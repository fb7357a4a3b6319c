package io.metanode.comparison;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Authenticity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.peers.Frame;
import io.metanode.ledger.peers.Lane;
import io.metanode.ledger.peers.PeerEvents;
import io.metanode.ledger.peers.Received;
import io.metanode.ledger.replica.PeerMessage;
import io.metanode.ledger.replica.PeerMessageCodec;
import io.metanode.ledger.service.ReplicaHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A validator's links where its consensus messages go through a node of Hiero, and come back in the
 * order of all, its own too; everything else goes to the peers directly.
 */
final class HieroLinks implements ReplicaHost.Outlet, Application<Optional<Message>> {

  private final ChainId chain;
  private final ValidatorSet validators;
  private final Authenticity authenticity;
  private final TotalOrder order;
  private final ReplicaHost.Outlet direct;
  private final PeerEvents validator;
  private final AtomicReference<HieroNode> node = new AtomicReference<>();

  /**
   * @param validator who hears of the messages
   */
  HieroLinks(
      ChainId chain,
      ValidatorSet validators,
      Authenticity authenticity,
      TotalOrder order,
      ReplicaHost.Outlet direct,
      PeerEvents validator) {
    this.chain = chain;
    this.validators = validators;
    this.authenticity = authenticity;
    this.order = order;
    this.direct = direct;
    this.validator = validator;
  }

  void use(HieroNode ready) {
    node.set(ready);
  }

  @Override
  public void send(ValidatorId to, Frame frame) {
    direct.send(to, frame);
  }

  /** A message that the node does not take is lost; the engine says it again after a while. */
  @Override
  public void broadcast(Frame frame) {
    try {
      if (PeerMessageCodec.decode(Bytes.of(frame.payload())) instanceof PeerMessage.Consensus m) {
        node.get().submit(m.message().toArray());
      } else {
        direct.broadcast(frame);
      }
    } catch (DecodingException e) {
      throw new IllegalArgumentException("a message of ours that is none", e);
    }
  }

  @Override
  public void refuse(ValidatorId peer, String reason) {
    direct.refuse(peer, reason);
  }

  @Override
  public Optional<Message> prepare(byte[] payload) {
    return MessageCodec.decode(payload).filter(this::isAuthentic);
  }

  private boolean isAuthentic(Message message) {
    return validators
        .member(message.author())
        .map(
            author ->
                authenticity.authentic(
                    author,
                    PayloadCodec.signingBytes(chain, message.signed().payload()),
                    message.signed().signature()))
        .orElse(false);
  }

  @Override
  public void ordered(long round, Instant time, List<Optional<Message>> prepared) {
    for (Optional<Message> one : prepared) {
      one.ifPresent(this::deliver);
    }
  }

  private void deliver(Message message) {
    if (message instanceof Message.ProposalMessage proposal) {
      order.append(proposal);
    }
    PeerMessage wrapped = new PeerMessage.Consensus(Bytes.of(MessageCodec.encode(message)));
    Frame frame = new Frame(Lane.CONSENSUS, PeerMessageCodec.encode(wrapped).toArray());
    validator.received(new Received(message.author(), frame, () -> {}));
  }
}
