/**
 * From metered usage to a bill: prices by version, an exact rating, settlements that commit to
 * their lines, invoices that anyone re-derives from the same usage. docs/formats/billing.md has the
 * encodings.
 */
@NullMarked
package io.metanode.economy.billing;

import org.jspecify.annotations.NullMarked;
