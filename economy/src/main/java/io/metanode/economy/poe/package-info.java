/**
 * Proof of execution: what metered work is worth in NEX. Every number is an exact rational until
 * the one place where an amount is rounded down to a minor unit.
 */
@NullMarked
package io.metanode.economy.poe;

import org.jspecify.annotations.NullMarked;
