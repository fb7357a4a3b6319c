/**
 * Believing a chain without following it: headers by their certificates from validators one trusts,
 * and transactions, results and state entries by their proofs under such headers.
 */
@NullMarked
package io.metanode.ledger.light;

import org.jspecify.annotations.NullMarked;
