/**
 * The adapter for Amazon S3 and compatible stores; found at run time, and the only place where the
 * types of its SDK are seen.
 *
 * <p>{@link io.coldstream.store.s3.S3StoreProvider} opens an {@link io.coldstream.store.s3.S3Store},
 * which hands each verb to a class of its own: looking and listing, reading, putting (in one request
 * or in parts), removing. Whatever fails goes through {@code S3Failures}, the one place that knows
 * the SDK's exceptions.
 */
package io.coldstream.store.s3;
