package io.metanode.ledger.service;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.peers.Frame;
import io.metanode.ledger.peers.LinkStatus;
import io.metanode.ledger.peers.PeerAddress;
import io.metanode.ledger.peers.PeerEvents;
import io.metanode.ledger.peers.PeerLimits;
import io.metanode.ledger.peers.Peers;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.StateReader;
import io.metanode.ledger.state.ValidatorPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The links to whoever the state plans as validators, and to peers that the settings name. */
public final class PeerLinks implements ReplicaHost.Outlet, AutoCloseable {

  private final Peers peers;
  private final Set<Ed25519PublicKey> named;
  private final Map<ValidatorId, PeerAddress> addresses;
  private @Nullable ValidatorPlan followed;

  public PeerLinks(
      PrivateKeySigner identity,
      InetSocketAddress listen,
      Set<Ed25519PublicKey> named,
      Map<ValidatorId, PeerAddress> addresses,
      Clock clock,
      Randomness randomness,
      PeerEvents events)
      throws IOException {
    this.named = Set.copyOf(named);
    this.addresses = Map.copyOf(addresses);
    this.peers = new Peers(identity, listen, PeerLimits.DEFAULT, clock, randomness, events);
  }

  public InetSocketAddress address() {
    return peers.address();
  }

  /** Keeps links to the validators of this state, current and planned. */
  public synchronized void follow(StateReader state) {
    ValidatorPlan plan = AssetMachine.plan(state);
    if (plan.equals(followed)) {
      return;
    }
    Set<Ed25519PublicKey> keys = new HashSet<>(named);
    for (ValidatorPlan.Term term : plan.terms()) {
      term.roster().set().members().forEach(member -> keys.add(member.key()));
    }
    peers.know(keys, addresses);
    followed = plan;
  }

  @Override
  public void send(ValidatorId to, Frame frame) {
    peers.send(to, frame);
  }

  @Override
  public void broadcast(Frame frame) {
    peers.broadcast(frame);
  }

  @Override
  public void refuse(ValidatorId peer, String reason) {
    peers.refuse(peer, reason);
  }

  public List<LinkStatus> status() {
    return peers.status();
  }

  @Override
  public void close() throws IOException {
    peers.close();
  }
}
