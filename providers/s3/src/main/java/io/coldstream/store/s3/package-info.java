/**
 * The adapter for Amazon S3 and compatible stores; found at run time, and the only place where the
 * types of its SDK are seen.
 */
package io.coldstream.store.s3;
