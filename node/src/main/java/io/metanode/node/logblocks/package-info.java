/**
 * Cuts the log of receipts into LogBlocks and makes them final on a ledger. The log itself is the
 * queue: what is not final yet is cut later.
 */
@NullMarked
package io.metanode.node.logblocks;

import org.jspecify.annotations.NullMarked;
