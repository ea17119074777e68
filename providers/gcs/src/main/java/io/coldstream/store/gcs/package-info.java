/**
 * The adapter for Google Cloud Storage; found at run time, and the only place where the types of its
 * libraries are seen.
 *
 * <p>{@link io.coldstream.store.gcs.GcsStoreProvider} opens a {@link
 * io.coldstream.store.gcs.GcsStore}, which hands each verb to a class of its own: looking and
 * listing, reading, putting (in one request, or through a resumable session), removing. Every request
 * goes over the {@code WatchedTransport}. Whatever fails goes through {@code GcsFailures}, the one
 * place that knows the libraries' exceptions.
 */
package io.coldstream.store.gcs;
