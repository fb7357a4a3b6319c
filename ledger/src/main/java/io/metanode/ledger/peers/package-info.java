/**
 * Links between validators: TLS 1.3 with both ends proving an Ed25519 key that the registry names,
 * frames of bounded size in lanes of different urgency, queues and rates bounded for each peer, so
 * that no peer can stall or exhaust another.
 */
@NullMarked
package io.metanode.ledger.peers;

import org.jspecify.annotations.NullMarked;
