/**
 * The engine between a data directory and a store: each step of a backup or a restore is a package
 * below this one and hands a value to the next.
 */
package io.coldstream.core;
