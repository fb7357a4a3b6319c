/** What a transaction costs, stage by stage. Run by hand: see docs/formats/ledger.md. */
@NullMarked
package io.metanode.ledger.bench;

import org.jspecify.annotations.NullMarked;
