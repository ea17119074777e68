/** How a run fails: one exception with kinds, beside every step. Depends on the port's kinds only. */
package io.coldstream.core.support.failure;
