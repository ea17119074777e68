/**
 * The adapter for Azure Blob Storage; found at run time, and the only place where the types of its SDK
 * are seen.
 *
 * <p>Place in the flow: below {@code CloudStore}. {@link io.coldstream.store.azure.AzureStoreProvider}
 * makes one over an {@code AzureDriver}, which sends the requests; large objects go through {@code
 * BlockPut}. The SDK's calls are made through {@code Exchanges}, which lets the calling thread read the
 * source and wait for the store. {@code AzureFailures} is the one place that knows the SDK's exceptions.
 */
package io.coldstream.store.azure;
