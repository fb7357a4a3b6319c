/**
 * The face of the economy: bills of a log, derived from what its receipts metered. Money, accounts,
 * proof of execution, supply and prices lie below.
 */
@NullMarked
package io.metanode.economy;

import org.jspecify.annotations.NullMarked;
