/**
 * What a node does on a ledger beside making its receipts final: reads the governed prices, sees
 * that bills are paid, claims the reward of its work. Each duty finds out from the ledger and its
 * own file where it stands, so that any of them may be cut off anywhere.
 */
@NullMarked
package io.metanode.node.duties;

import org.jspecify.annotations.NullMarked;
