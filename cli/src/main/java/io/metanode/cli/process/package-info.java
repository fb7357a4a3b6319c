/** Other programs, run and listened to. */
@NullMarked
package io.metanode.cli.process;

import org.jspecify.annotations.NullMarked;
