package io.metanode.ledger.replica;

import io.metanode.foundation.Clock;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.ibft.Authenticity;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.light.SealCheck;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.store.Disk;
import io.metanode.ledger.store.KeyValues;

/**
 * What a replica is made of, and the ports to its machine.
 *
 * @param identity who votes; one outside the validators only follows
 * @param authenticity checks what other validators signed
 * @param blocks where decided blocks are kept, and nothing else
 * @param votes where the replica keeps what it must remember of its votes, and nothing else
 * @param index what is derived from the blocks
 * @param clock for the time in headers, which need not be right, and nothing else
 */
public record ReplicaSetup(
    Genesis genesis,
    StateMachine machine,
    Identity identity,
    Authenticity authenticity,
    Disk blocks,
    Disk votes,
    KeyValues index,
    Clock clock,
    ReplicaOptions options) {

  /** Whether the author signed the message. */
  boolean isAuthentic(Validator author, Message message) {
    byte[] signed = PayloadCodec.signingBytes(genesis.id(), message.signed().payload());
    return authenticity.authentic(author, signed, message.signed().signature());
  }

  SealCheck sealCheck() {
    return (certificate, chain, validators) ->
        certificate
            .quorum(validators)
            .map(
                signers ->
                    authenticity.allSealed(
                        signers,
                        CommitCertificate.sealed(
                            chain, certificate.height(), certificate.round(), certificate.digest()),
                        certificate.aggregate()))
            .orElse(false);
  }
}
