/** The ledger's commands: make, run and ask validators, submit transactions, check proofs. */
@NullMarked
package io.metanode.cli.ledger;

import org.jspecify.annotations.NullMarked;
