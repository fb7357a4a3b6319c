/**
 * The economy as part of a ledger's state machine: operations as transactions carry them, who may
 * ask for what, and what happens by itself at the beginning of a block.
 */
@NullMarked
package io.metanode.economy.machine;

import org.jspecify.annotations.NullMarked;
