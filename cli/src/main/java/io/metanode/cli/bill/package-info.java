/** Bills: shown, handed over, verified. */
@NullMarked
package io.metanode.cli.bill;

import org.jspecify.annotations.NullMarked;
