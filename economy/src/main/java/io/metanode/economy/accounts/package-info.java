/**
 * A double-entry ledger in the manner of TigerBeetle: accounts of one token each, transfers between
 * them in one phase or two, batches that succeed or fail as one. A state machine: it takes
 * operations and the ledger's time, and changes entries behind a port. docs/formats/accounts.md has
 * the encodings, the status codes and their precedence.
 */
@NullMarked
package io.metanode.economy.accounts;

import org.jspecify.annotations.NullMarked;
