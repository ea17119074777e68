/**
 * The adapter for Amazon S3 and compatible stores; found at run time, and the only place where the
 * types of its SDK are seen.
 *
 * <p>Place in the flow: below {@code CloudStore}. {@link io.coldstream.store.s3.S3StoreProvider} makes
 * one over an {@code S3Driver}, which sends the requests; those about parts are in {@code S3Uploads}.
 * {@code S3Failures} is the one place that knows the SDK's exceptions.
 */
package io.coldstream.store.s3;
