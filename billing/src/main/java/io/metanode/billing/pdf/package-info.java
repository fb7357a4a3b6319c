/** Invoices on paper. */
@NullMarked
package io.metanode.billing.pdf;

import org.jspecify.annotations.NullMarked;
