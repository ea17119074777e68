/**
 * Last step of a restore that sees the store: brings the files of a plan into the target.
 *
 * <p>Place in the flow: select → plan → target → <b>fetch</b>. {@link
 * io.coldstream.core.restore.fetch.DownloadStep} fetches what is not there yet, several files at once.
 * Each file is checked while it arrives, and afterwards is in the staging folder or in its place.
 */
package io.coldstream.core.restore.fetch;
