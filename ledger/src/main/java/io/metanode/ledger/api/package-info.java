/**
 * JSON over HTTP for clients of a validator (docs/formats/ledger-api.md). Errors are problems in
 * the sense of RFC 9457.
 */
@NullMarked
package io.metanode.ledger.api;

import org.jspecify.annotations.NullMarked;
