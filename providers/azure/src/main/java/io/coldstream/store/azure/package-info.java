/**
 * The adapter for Azure Blob Storage; found at run time, and the only place where the types of its SDK
 * are seen.
 *
 * <p>{@link io.coldstream.store.azure.AzureStoreProvider} opens an {@link
 * io.coldstream.store.azure.AzureStore}, which hands each verb to a class of its own: looking and
 * listing, reading, putting (in one request or in blocks), removing. The SDK's calls are made through
 * {@code Exchanges}, which lets the calling thread read the source and wait for the store. Whatever
 * fails goes through {@code AzureFailures}, the one place that knows the SDK's exceptions.
 */
package io.coldstream.store.azure;
