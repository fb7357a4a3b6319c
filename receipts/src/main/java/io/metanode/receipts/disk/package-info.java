/** The log's only way to files, so that a test can stop the machine at any byte. */
@NullMarked
package io.metanode.receipts.disk;

import org.jspecify.annotations.NullMarked;
