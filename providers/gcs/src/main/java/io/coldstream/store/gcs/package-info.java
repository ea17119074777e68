/**
 * The adapter for Google Cloud Storage; found at run time, and the only place where the types of its
 * libraries are seen.
 *
 * <p>Place in the flow: below {@code CloudStore}. {@link io.coldstream.store.gcs.GcsStoreProvider} makes
 * one over a {@code GcsDriver}, which sends the requests; large objects go through a session ({@code
 * ResumablePut}). Every request goes over the {@code WatchedTransport}. {@code GcsFailures} is the one
 * place that knows the libraries' exceptions.
 */
package io.coldstream.store.gcs;
