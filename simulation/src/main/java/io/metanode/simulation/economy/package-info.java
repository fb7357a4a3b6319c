/**
 * A year of the economy in seconds: tenants, providers and speculators act on the real ledger of
 * accounts, with the real rules of reward, fees, supply and prices; their wishes and the market are
 * a model, in floating point, whose assumptions are stated.
 */
@NullMarked
package io.metanode.simulation.economy;

import org.jspecify.annotations.NullMarked;
