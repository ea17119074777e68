/** Marks that keep a backup whatever a retention says. Nothing else depends on them. */
package io.coldstream.core.prune.marks;
