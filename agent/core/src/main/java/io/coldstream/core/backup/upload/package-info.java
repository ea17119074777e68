/**
 * Third step of a backup: sends what the plan says, group after group.
 *
 * <p>Place in the flow: capture → plan → <b>upload</b> → manifest. {@link
 * io.coldstream.core.backup.upload.UploadStep} shows the order; within a group files go in
 * parallel, and nothing of a group is begun before the one before it is complete. What was stored
 * stays, whatever happens to the run. {@link io.coldstream.core.backup.upload.PresenceCachingStore}
 * lies between these steps and the store that the command line opened: a run that captures again
 * sends nothing twice.
 */
package io.coldstream.core.backup.upload;
