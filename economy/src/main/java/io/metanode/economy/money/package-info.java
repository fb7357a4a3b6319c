/**
 * Money: amounts of the four tokens in minor units of 10⁻⁹, and the exact arithmetic on them.
 * Nothing here rounds unless its name says so.
 */
@NullMarked
package io.metanode.economy.money;

import org.jspecify.annotations.NullMarked;
