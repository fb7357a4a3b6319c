/**
 * QBFT, the successor of IBFT 2.0, as a pure function of state and event, after the Dafny
 * specification that ConsenSys published (safety proved there). {@link
 * io.metanode.ledger.ibft.Rules} holds its predicates, {@link io.metanode.ledger.ibft.Transition}
 * its state transitions; {@link io.metanode.ledger.ibft.QbftEngine} puts bytes around both.
 */
@NullMarked
package io.metanode.ledger.ibft;

import org.jspecify.annotations.NullMarked;
