package io.metanode.simulation;

import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;

/** What travels between hosts. */
sealed interface Packet {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Vote(byte[] message) implements Packet {}

  record Fetch(Height from) implements Packet {}

  record Block(Proposal proposal, CommitCertificate certificate) implements Packet {}
}
