/**
 * Transactions on their way into a block: which are kept, which go first, and how a proposal of ids
 * becomes a block again. Time enters as heights.
 */
@NullMarked
package io.metanode.ledger.mempool;

import org.jspecify.annotations.NullMarked;
