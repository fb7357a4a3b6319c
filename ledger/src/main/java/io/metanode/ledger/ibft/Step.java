package io.metanode.ledger.ibft;

import java.util.List;

/** What comes of an event: the next state, and what is to be done, in order. */
record Step(QbftState state, List<Effect> effects) {}
