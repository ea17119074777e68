/**
 * Running tasks together in other threads, with one way to fail, to stop and to wait.
 *
 * <p>Place in the flow: below a put that sends its parts in parallel, and below the engine's uploads,
 * downloads and checks. Depends on the JDK alone.
 */
package io.coldstream.store.work;
