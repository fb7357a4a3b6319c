/**
 * The ledger beside other people's. Nodes of Hiero's consensus platform with the ledger's state
 * machine on them, and a bench that sends equal transactions to them and to our validators in turn;
 * in the tests, an engine behind the ledger's own port that decides by that platform's order.
 */
@NullMarked
package io.metanode.comparison;

import org.jspecify.annotations.NullMarked;
