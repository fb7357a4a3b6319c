/** Virtual time, seeded generators and patience for tests. */
@NullMarked
package io.metanode.testkit;

import org.jspecify.annotations.NullMarked;
