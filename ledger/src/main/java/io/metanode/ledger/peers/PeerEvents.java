package io.metanode.ledger.peers;

import io.metanode.ledger.consensus.ValidatorId;

/**
 * Who is told what happens on links. Called by many threads; none of the calls may block long. That
 * a peer came and went is told in that order, while a lock is held that sending does not need.
 */
public interface PeerEvents {

  void received(Received received);

  void connected(ValidatorId peer);

  void disconnected(ValidatorId peer);
}
