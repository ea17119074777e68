/**
 * What the adapters of clouds have in common, on the JDK alone: how a put's sections are sent, how
 * keys are named, how failures are worded, how long a store is waited for.
 *
 * <p>Place in the flow: below the port; an adapter uses it, nothing else sees it.
 */
package io.coldstream.store.cloud;
