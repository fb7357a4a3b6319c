/**
 * How much of each token there is: what the network begins with, who may make and destroy what, how
 * fees are shared and what stays locked. All of it is transfers between accounts, so what the audit
 * of the accounts proves holds for the supply.
 */
@NullMarked
package io.metanode.economy.supply;

import org.jspecify.annotations.NullMarked;
