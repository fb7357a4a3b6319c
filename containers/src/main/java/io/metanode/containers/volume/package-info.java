/** Named volumes of the local driver. */
@NullMarked
package io.metanode.containers.volume;

import org.jspecify.annotations.NullMarked;
