/**
 * The adapter that makes a plain directory an object store; found at run time, seen by nobody at
 * compile time.
 */
package io.coldstream.store.local;
