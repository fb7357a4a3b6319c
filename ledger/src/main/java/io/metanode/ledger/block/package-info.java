/**
 * Blocks and their headers, the Merkle trees over what they hold, the tick chain between them, and
 * the rules a block must keep before anyone votes for it.
 */
@NullMarked
package io.metanode.ledger.block;

import org.jspecify.annotations.NullMarked;
