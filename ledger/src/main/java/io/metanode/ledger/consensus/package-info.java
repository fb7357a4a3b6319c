/**
 * What the rest of the ledger knows of consensus: heights, rounds, validator sets and their
 * quorums, commit certificates, and the port behind which an engine decides one proposal after the
 * other.
 */
@NullMarked
package io.metanode.ledger.consensus;

import org.jspecify.annotations.NullMarked;
