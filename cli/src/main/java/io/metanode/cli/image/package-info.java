/** What the command line says of images beyond what docker does. */
@NullMarked
package io.metanode.cli.image;

import org.jspecify.annotations.NullMarked;
