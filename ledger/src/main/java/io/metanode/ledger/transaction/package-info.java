/**
 * Signed transactions: their encoding, their ids, and the one place where their signatures are
 * checked, once each.
 */
@NullMarked
package io.metanode.ledger.transaction;

import org.jspecify.annotations.NullMarked;
