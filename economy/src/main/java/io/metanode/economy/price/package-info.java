/**
 * Prices and reserves as the economy may rely on them: several sources that must agree, a posted
 * rate that cannot jump, reserves that enough notaries attest.
 */
@NullMarked
package io.metanode.economy.price;

import org.jspecify.annotations.NullMarked;
