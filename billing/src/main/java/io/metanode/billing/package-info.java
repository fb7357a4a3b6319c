/**
 * From the receipts of a log to bills and back. What is derived depends on the receipts and the
 * price book alone; so a node settles by the hour, a provider hands over excerpts, and a tenant or
 * a stranger derives every line again.
 */
@NullMarked
package io.metanode.billing;

import org.jspecify.annotations.NullMarked;
