/**
 * BPI, the ledger: blocks, state, mempool, consensus, store and peers. The state machine and the
 * consensus core take messages and time as input and return effects; they open no socket, read no
 * clock and draw no randomness.
 */
@NullMarked
package io.metanode.ledger;

import org.jspecify.annotations.NullMarked;
