/**
 * The economy of a ledger: double-entry accounts of four tokens, their supply, proof of execution,
 * prices and bills. This package is its face: the module that a validator runs, the transactions
 * that clients sign, the bills of a log of receipts, and the audit of everything there is.
 */
@NullMarked
package io.metanode.economy;

import org.jspecify.annotations.NullMarked;
