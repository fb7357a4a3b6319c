/**
 * The state that blocks lead from and to: a binary Merkle tree over keys and values, the port
 * behind which a state machine applies blocks to it, and the first such machine.
 */
@NullMarked
package io.metanode.ledger.state;

import org.jspecify.annotations.NullMarked;
