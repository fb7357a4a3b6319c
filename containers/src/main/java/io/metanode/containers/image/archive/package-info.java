/**
 * Archives of images: Docker's ({@code manifest.json}) and the OCI image layout ({@code
 * index.json}), read and written as tar.
 */
@NullMarked
package io.metanode.containers.image.archive;

import org.jspecify.annotations.NullMarked;
