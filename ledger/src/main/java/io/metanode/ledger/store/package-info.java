/**
 * What survives: an append-only log of blocks, which is the truth, an index derived from it, and
 * snapshots of the state. A block is durable before anyone hears of it; damage is named, never
 * guessed around.
 */
@NullMarked
package io.metanode.ledger.store;

import org.jspecify.annotations.NullMarked;
