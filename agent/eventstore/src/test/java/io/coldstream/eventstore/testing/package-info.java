/**
 * What tests share, also those of other modules: real data directories and what is known of them.
 * Depends on the JDK and on this module alone.
 */
package io.coldstream.eventstore.testing;
