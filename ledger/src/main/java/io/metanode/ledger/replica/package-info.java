/**
 * A validator without its machine: consensus, mempool, state and store as one function of events to
 * effects. It opens no socket, reads no clock of its own and starts no thread, so that the real
 * node and the simulator run the same class.
 */
@NullMarked
package io.metanode.ledger.replica;

import org.jspecify.annotations.NullMarked;
