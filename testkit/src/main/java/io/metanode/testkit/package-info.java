/** Virtual time and seeded generators for tests. */
@NullMarked
package io.metanode.testkit;

import org.jspecify.annotations.NullMarked;
