/**
 * The ledger on an engine of others, and beside it. {@link io.metanode.comparison.TotalOrderEngine}
 * decides blocks behind the ledger's own port by the order that Hiero's consensus platform gives to
 * messages; a bench sends equal transactions to nodes of that platform and to our validators in
 * turn.
 */
@NullMarked
package io.metanode.comparison;

import org.jspecify.annotations.NullMarked;
